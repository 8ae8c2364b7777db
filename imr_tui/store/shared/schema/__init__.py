"""The tables of the shared store, as numbered files of SQL."""
