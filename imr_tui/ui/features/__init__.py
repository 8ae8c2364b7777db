"""What the app does, one module for each feature."""
