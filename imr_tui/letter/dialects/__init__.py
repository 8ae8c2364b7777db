"""The fixed phrases of each form of the letter, for the printer and the parser alike.

A new dialect is one module here with its phrases, a template in `templates/` that prints them,
and its tests.
"""
