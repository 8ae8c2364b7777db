"""The desk at which physicians write Independent Medical Review determinations."""
