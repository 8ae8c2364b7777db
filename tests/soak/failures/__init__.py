"""The failures campaign: servers of the shared store that fail while somebody types."""
