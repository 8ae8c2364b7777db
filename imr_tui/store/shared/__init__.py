"""The organization's shared store: a PostgreSQL database in which several hosts meet."""
