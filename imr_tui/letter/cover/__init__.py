"""The letter that goes out with a determination."""
