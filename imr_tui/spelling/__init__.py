"""Spelling: the words that are checked, the words that are known, and the protocol of hunspell."""
