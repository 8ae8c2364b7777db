"""Reads words, sentences and patterns of the language, and looks names up."""
