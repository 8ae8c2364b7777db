"""Where the rows of the worklist come from: the folder, or the shared store."""
