"""The letter: a case rendered as the plain-text determination."""

from imr_tui.letter.render import Letterhead, render

__all__ = ["Letterhead", "render"]
