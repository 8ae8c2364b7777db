"""From the text of a letter back to a case."""
