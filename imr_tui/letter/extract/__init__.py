"""Extracts the text of a letter from a text or PDF document."""
