"""The app: screens and widgets, and the only place that may import textual."""
