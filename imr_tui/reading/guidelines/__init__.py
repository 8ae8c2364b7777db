"""Reads what a text says of guidelines and their chapters."""
