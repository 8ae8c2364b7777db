"""Renders a case as the bytes of its letter."""
