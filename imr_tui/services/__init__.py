"""Use cases that commands and the app share, each implemented once."""
