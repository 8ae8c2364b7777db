"""Decides which session may write a case."""
