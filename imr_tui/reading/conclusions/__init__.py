"""Reads what a rationale concludes, and on which grounds."""
