"""The letter: renders a case, parses a letter, and extracts text from documents."""
