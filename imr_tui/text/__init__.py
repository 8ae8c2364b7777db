"""Plain text: cleaning, transliteration, wrapping, and reading typed input."""
