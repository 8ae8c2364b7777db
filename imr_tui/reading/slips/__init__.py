"""Finds leftovers of forms and slips of typing."""
