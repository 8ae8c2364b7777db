"""Which session may write a case."""
