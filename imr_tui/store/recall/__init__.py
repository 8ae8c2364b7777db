"""The index of the reviewer's earlier rationales."""
