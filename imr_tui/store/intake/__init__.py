"""Assignments of the organization: reading its files, and what it sent last for each case."""
