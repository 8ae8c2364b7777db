"""A session at an open case, whatever shows it: the app, or plain mode."""
