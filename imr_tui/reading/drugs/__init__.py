"""Reads drugs with their classes, routes and strengths."""
