"""Atomic writes, safe opening, permissions and system calls."""
