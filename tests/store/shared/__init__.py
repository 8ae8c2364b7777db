"""The shared store: its servers, its statements, its rights."""
