"""Letters as PDF: the text of a letter on pages, in a font that is the same on every machine."""
