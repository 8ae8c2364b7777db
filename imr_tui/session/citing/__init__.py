"""Citations as they are typed: their fields, their drafts, and the sources that are offered."""
