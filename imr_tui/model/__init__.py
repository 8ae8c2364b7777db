"""The case as frozen pydantic values, and the pure functions that edit it."""
