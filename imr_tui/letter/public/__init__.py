"""Makes the public copy of a letter, without the names of the parties."""
