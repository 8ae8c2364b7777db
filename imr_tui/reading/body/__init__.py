"""Reads body regions, sides, parts and levels of the spine."""
