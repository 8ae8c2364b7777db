"""The screen in ASCII, for terminals and locales that have no other characters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

UNKNOWN = "?"
"""What stands for a character without a form of one cell that means the same."""

_LINES = {
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
    "x": "×",
}
_FORMS = {mark: form for form, marks in _LINES.items() for mark in marks}
_LOSES_ITS_VALUE = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄")
"""A power that stood on the line like other digits would be another number."""


class AsciiFallback(LineFilter):
    """Keeps the columns: each character becomes as many as it has cells."""

    def __init__(self, transliteration: Mapping[str, str]) -> None:
        """`transliteration`: the ASCII forms of characters; those of one character count."""
        super().__init__()
        single = {mark: form for mark, form in transliteration.items() if len(form) == 1}
        self._forms = {**single, **_FORMS}
        self._form = lru_cache(4096)(self._uncached_form)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [Segment(self.replaced(text), style) for text, style, _ in segments]

    def replaced(self, text: str) -> str:
        """`text` in as many characters as it takes cells, all of them ASCII."""
        if text.isascii():
            return text
        width = cell_len(text)
        # Marks that combine may take another width together than one by one.
        return "".join(map(self._form, text)).ljust(width)[:width]

    def _uncached_form(self, char: str) -> str:
        if char.isascii():
            return char
        if char in _LOSES_ITS_VALUE:
            return UNKNOWN
        return self._forms.get(char) or UNKNOWN * cell_len(char)
