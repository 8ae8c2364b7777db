"""The letter: a case rendered as the plain-text determination."""

from imr_tui.letter.render import render
from imr_tui.letterhead import Letterhead

__all__ = ["Letterhead", "render"]
