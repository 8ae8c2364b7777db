"""Tests that run the program on a real terminal, and the driver they share."""
