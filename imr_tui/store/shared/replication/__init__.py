"""Sends the texts of a folder to the shared store, and brings those of other hosts."""
