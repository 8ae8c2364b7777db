"""Parses the text of a letter into a case."""
