"""Reads treatments and studies, their criteria and their results."""
