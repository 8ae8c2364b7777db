"""The app, driven by keys in a headless terminal; what counts is the file on the disk."""
