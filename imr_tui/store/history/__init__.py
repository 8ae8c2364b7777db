"""The versions of a case: its earlier states, kept at significant events."""
