"""The letter: rendering a case, reading a letter back, and the text of documents."""
