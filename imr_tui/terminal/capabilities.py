"""Terminal capabilities, derived from environment variables."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Colours = Literal["full", "256", "16", "none"]
Characters = Literal["UTF-8", "ASCII"]

_PRINTS_ONLY = {"", "dumb", "unknown", "network", "printer"}
_MONOCHROME = re.compile(r"vt\d.*|.*-m|.*-mono")
_FEW = re.compile(r"linux.*|screen|screen-bce|screen\.(?!.*256color).*|ansi.*|cygwin|pcansi.*")
"""Terminals limited to 16 colours, even if an inherited COLORTERM promises more."""
_FULL = re.compile(r".*-direct|.*-truecolor|(xterm-)?(kitty|ghostty)|alacritty.*|wezterm|foot.*")
_ERASES = re.compile(
    r"(?:xterm|tmux|alacritty|foot|wezterm|kitty|ghostty|putty|konsole|gnome|vte|mintty|st)\b.*|linux"
)
"""Terminals with BCE (back colour erase); others, such as `screen`, erase to the default colour."""
_BY_PYTHON = "C.UTF-8"
"""The LC_CTYPE that Python sets when no locale is configured (PEP 538)."""


class Capabilities(NamedTuple):
    """The capabilities that output depends on."""

    colours: Colours = "full"
    """Number of colours; "none" for monochrome terminals and where NO_COLOR is set."""
    characters: Characters = "UTF-8"
    """The character set of the locale."""
    can_move_cursor: bool = True
    """Whether the cursor can be addressed; if not, only line output works."""

    has_bce: bool = False
    """Back colour erase: whether erased cells take the current background colour."""

    @property
    def is_low_colour(self) -> bool:
        """Whether emphasis needs reverse, bold and underline, because there are no shades."""
        return self.colours in ("16", "none")


def capabilities(environment: Mapping[str, str]) -> Capabilities:
    """Derive the capabilities from TERM, COLORTERM, NO_COLOR and the locale variables."""
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
    """The first variable that is set decides, as in the C library."""
    names = [environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if names[1] == _BY_PYTHON and not names[2]:
        names[1] = None
    locale = next((name for name in names if name), "")
    return "UTF-8" if re.search("utf-?8", locale, re.IGNORECASE) else "ASCII"
