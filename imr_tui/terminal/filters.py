"""Line filters: every painted line passes them, so that only safe characters are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.theme import Theme

if TYPE_CHECKING:
    from rich.color import Color as RichColor
    from textual.color import Color

REPLACEMENT = "?"
"""Replaces an unsafe character (in reverse video), and one without an ASCII form."""

CONTROLS = "[\x00-\x1f\x7f-\x9f]"
"""Pattern for the C0, DEL and C1 control characters: the least that a sanitizer replaces."""
_REVERSE = Style(reverse=True)


class Sanitizer(LineFilter):
    """Replaces unsafe characters; the usual line costs one search for each segment."""

    def __init__(self, unsafe: str = CONTROLS) -> None:
        """`unsafe` is a pattern for one character that must not be painted."""
        super().__init__()
        self._unsafe = re.compile(unsafe)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        search = self._unsafe.search
        if not any(search(text) for text, _, _ in segments):
            return segments
        width = sum(cell_len(text) for text, _, _ in segments)
        safe = [part for text, style, _ in segments for part in self._replace(text, style)]
        # Replacements can be wider; the line must keep its width.
        return Segment.adjust_line_length(safe, width)

    def _replace(self, text: str, style: Style | None) -> Iterator[Segment]:
        """Split `text`, replacing each unsafe character by a reversed question mark."""
        at = 0
        for match in self._unsafe.finditer(text):
            if match.start() > at:
                yield Segment(text[at : match.start()], style)
            yield Segment(REPLACEMENT, _REVERSE if style is None else style + _REVERSE)
            at = match.end()
        if at < len(text):
            yield Segment(text[at:], style)


# ── ASCII ────────────────────────────────────────────────────────────────────────────────────

_ASCII_LOOKALIKES = {
    "-": "─━┄┅┈┉╌╍═╴╶╸╺╼╾▔▁▀▄",
    "|": "│┃┆┇┊┋╎╏║╵╷╹╻╽╿▏▎▍▌▐▕",
    "+": "".join(map(chr, range(0x250C, 0x254C))) + "".join(map(chr, range(0x2552, 0x2571))),
    " ": "▂▃▅▆▇█▉▊▋░▒▓\u00a0\u2002\u2003\u2009\u202f",
    "~": "…",
    "*": "•●▪■",
    ">": "→▶▸",
    "<": "←◀◂",
    "^": "↑▲",
    "v": "↓▼",
    "u": "µμ",
    "x": "×✓",
    "o": "○",
}
_ASCII_FORMS = {char: form for form, chars in _ASCII_LOOKALIKES.items() for char in chars}
_DIGIT_VARIANTS = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄")
"""Superscript and subscript digits: as plain digits they would change the number."""


class AsciiFallback(LineFilter):
    """Replaces each character by as many ASCII characters as it has cells."""

    def __init__(self, transliteration: Mapping[str, str]) -> None:
        """`transliteration` maps characters to ASCII; only forms of one character are used."""
        super().__init__()
        single = {char: form for char, form in transliteration.items() if len(form) == 1}
        self._forms = {**single, **_ASCII_FORMS}
        self._form = lru_cache(4096)(self._uncached_form)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [Segment(self.replaced(text), style) for text, style, _ in segments]

    def replaced(self, text: str) -> str:
        """`text` in ASCII, as wide as before."""
        if text.isascii():
            return text
        width = cell_len(text)
        # A sequence with combining characters can be narrower than the sum of its characters.
        return "".join(map(self._form, text)).ljust(width)[:width]

    def _uncached_form(self, char: str) -> str:
        if char.isascii():
            return char
        if char in _DIGIT_VARIANTS:
            return REPLACEMENT
        return self._forms.get(char) or REPLACEMENT * cell_len(char)


# ── Few colours ──────────────────────────────────────────────────────────────────────────────

_BRIGHT, _MARKED, _DARK = "#ffffff", "#0000a0", "#000000"
_BRIGHT_LEVEL = 0xA0
_TINT_LEVEL = 0x40

LOW_COLOUR_THEME = Theme(
    name="plain",
    primary=_BRIGHT,
    foreground=_BRIGHT,
    background=_DARK,
    surface=_DARK,
    panel=_DARK,
    boost=_DARK,
    error="#ff0000",
    warning="#ffff00",
    success="#00ff00",
    accent=_BRIGHT,
    variables={
        "text-error": "#ff0000",
        "text-warning": "#ffff00",
        "text-success": "#00ff00",
        "text-muted": _BRIGHT,
        "text-disabled": _BRIGHT,
        "block-cursor-background": _BRIGHT,
        "block-cursor-foreground": _DARK,
        "block-cursor-blurred-background": _MARKED,
        "block-cursor-blurred-foreground": _BRIGHT,
        "input-cursor-background": _BRIGHT,
        "input-cursor-foreground": _DARK,
        "input-selection-background": _BRIGHT,
        "input-selection-foreground": _DARK,
        "scrollbar": _BRIGHT,
        "scrollbar-hover": _BRIGHT,
        "scrollbar-active": _BRIGHT,
        "scrollbar-background": _DARK,
        "scrollbar-background-hover": _DARK,
        "scrollbar-background-active": _DARK,
        "scrollbar-corner-color": _DARK,
    },
)
"""Its colours are never shown: each encodes a role that `LowColour` reads."""


class LowColour(LineFilter):
    """Turns bright backgrounds into reverse, tinted ones into underline, and hues into ANSI."""

    def __init__(self, has_colours: bool) -> None:
        super().__init__()
        self._has_colours = has_colours

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        has_colours = self._has_colours
        return [
            Segment(text, style and reduce_style(style, has_colours)) for text, style, _ in segments
        ]


@lru_cache(1024)
def reduce_style(style: Style, has_colours: bool) -> Style:
    """Express `style` by attributes that every terminal has."""
    front, behind = _triplet(style.color, 0xFF), _triplet(style.bgcolor, 0)
    if style.reverse:
        front, behind = behind, front
    is_reversed = min(behind) >= _BRIGHT_LEVEL
    is_marked = max(behind) - min(behind) >= _TINT_LEVEL
    return Style(
        color=None if is_reversed or not has_colours else _hue(front),
        bold=style.bold or None,
        underline=style.underline or is_marked or None,
        reverse=is_reversed or None,
    )


_Triplet = tuple[int, int, int]


def _triplet(color: RichColor | None, default: int) -> _Triplet:
    if color is None or color.triplet is None:
        return (default, default, default)
    return (color.triplet.red, color.triplet.green, color.triplet.blue)


def _hue(color: _Triplet) -> str | None:
    """The ANSI colour for a saturated foreground: red, yellow or green."""
    red, green, blue = color
    if (
        max(color) < _BRIGHT_LEVEL
        or max(color) - min(color) < _TINT_LEVEL
        or blue > min(red, green) + _TINT_LEVEL
    ):
        return None
    if min(red, green) >= _BRIGHT_LEVEL:
        return "yellow"
    return "red" if red > green else "green"
