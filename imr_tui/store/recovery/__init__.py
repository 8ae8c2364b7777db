"""Where a text is kept that its case file does not take, and its way back."""
