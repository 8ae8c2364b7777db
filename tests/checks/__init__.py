"""The rules, family by family: what fires, and what looks like it and must not."""
