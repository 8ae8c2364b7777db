"""Writes the manual pages of the package: `python -m tests.man`."""

from tests.man.pages import write

write()
