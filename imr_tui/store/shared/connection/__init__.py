"""Connections to the servers of the shared store, and the choice of the primary."""
