"""What a terminal can show, as far as the environment tells."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Colours = Literal["full", "256", "16", "none"]
Characters = Literal["UTF-8", "ASCII"]

_PRINTS_ONLY = {"", "dumb", "unknown", "network", "printer"}
_MONOCHROME = re.compile(r"vt\d.*|.*-m|.*-mono")
_FEW = re.compile(r"linux.*|screen|screen-bce|screen\.(?!.*256color).*|ansi.*|cygwin|pcansi.*")
"""Terminals of 16 colours, also where a variable of the terminal around them promises more."""
_FULL = re.compile(r".*-direct|.*-truecolor|(xterm-)?(kitty|ghostty)|alacritty.*|wezterm|foot.*")
_ERASES = re.compile(
    r"(?:xterm|tmux|alacritty|foot|wezterm|kitty|ghostty|putty|konsole|gnome|vte|mintty|st)\b.*|linux"
)
"""Terminals that erase in the colour of the pen; others, as `screen`, leave holes."""
_BY_PYTHON = "C.UTF-8"
"""The LC_CTYPE that Python gives itself where nobody names a language."""


class Capabilities(NamedTuple):
    """What can be shown, and whether a screen can be painted at all."""

    colours: Colours = "full"
    """How many colours there are; none are used where the reader wants none."""
    characters: Characters = "UTF-8"
    """Which characters reach the reader."""
    can_move_cursor: bool = True
    """Whether the cursor can be moved, without which there are only lines."""

    has_bce: bool = False
    """Whether cells that are erased take on the colour that is drawn with."""

    @property
    def is_low_colour(self) -> bool:
        """Whether what stands out does so by reverse, bold and underlined, not by a shade."""
        return self.colours in ("16", "none")


def capabilities(environment: Mapping[str, str]) -> Capabilities:
    """The abilities of the terminal that this environment tells of."""
    term = environment.get("TERM", "").lower()
    return Capabilities(
        "none" if environment.get("NO_COLOR") else _colours(term, environment),
        _characters(environment),
        term not in _PRINTS_ONLY,
        _ERASES.fullmatch(term) is not None,
    )


def _colours(term: str, environment: Mapping[str, str]) -> Colours:
    if term in _PRINTS_ONLY or _MONOCHROME.fullmatch(term):
        return "none"
    if _FEW.fullmatch(term):
        return "16"
    promised = environment.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    if promised or _FULL.fullmatch(term):
        return "full"
    return "256" if "256color" in term else "16"


def _characters(environment: Mapping[str, str]) -> Characters:
    """By the first of the variables that is set, as the C library has it."""
    names = [environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if names[1] == _BY_PYTHON and not names[2]:
        names[1] = None
    locale = next((name for name in names if name), "")
    return "UTF-8" if re.search("utf-?8", locale, re.IGNORECASE) else "ASCII"
