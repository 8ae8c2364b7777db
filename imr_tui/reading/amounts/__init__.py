"""Reads amounts of treatments."""
