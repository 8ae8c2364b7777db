"""The earlier versions of a case."""
