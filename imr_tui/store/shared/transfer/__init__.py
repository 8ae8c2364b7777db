"""Copies cases between folders and the shared store, assigns them, and verifies their digests."""
