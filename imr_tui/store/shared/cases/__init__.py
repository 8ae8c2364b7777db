"""The cases of the shared store: saves, claims, versions, files and events."""
