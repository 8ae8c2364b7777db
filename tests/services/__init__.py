"""The use cases that commands and the app share, on files on the disk."""
