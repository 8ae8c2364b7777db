"""Counts of determinations: outcomes by group, the two clocks, and the reports of them."""
