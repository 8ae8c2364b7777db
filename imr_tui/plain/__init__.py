"""Plain mode: the whole walk line by line, for screen readers and terminals without a cursor."""
