"""The fixed phrases of each form of the letter, used by both the renderer and the parser.

To add a dialect, add a module here with its phrases, a template in `templates/` that prints them,
and tests.
"""
