"""The worklist of the shared store, in pages."""
