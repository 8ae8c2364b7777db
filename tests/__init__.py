"""The tests of imr_tui."""
