"""Spelling: words, the protocol, the process and the words of the reviewer."""
