"""The rules, grouped into modules by subject."""
