"""The rows of the worklist, cached by the stamps of the files."""
