"""Reads dates, their roles, and durations."""
