"""The spelling checker of the system: where it is, its process, and the thread that asks it."""
