"""What commands do with the shared store of an organization."""
