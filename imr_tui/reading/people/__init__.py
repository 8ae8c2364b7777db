"""Finds persons, and what identifies one."""
