"""Keeps case texts that cannot be written to their file, and recovers them."""
