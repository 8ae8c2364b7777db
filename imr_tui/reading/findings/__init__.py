"""Reads findings, and which of them a text denies or misses."""
