"""From a document, text or PDF, to the text of a letter."""
