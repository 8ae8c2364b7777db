"""Makes the manual pages in `imr_tui/man` from what the program says about itself."""
