"""Texts that reviewers keep under a name, and how one becomes part of a case."""
