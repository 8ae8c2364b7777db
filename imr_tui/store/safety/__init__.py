"""Atomic writes, safe opening, permissions and calls of the system."""
