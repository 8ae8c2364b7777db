"""The bench: what the program costs, each figure beside a floor from the same run."""
