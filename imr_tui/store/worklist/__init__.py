"""The rows of the worklist, cached by file stamp."""
