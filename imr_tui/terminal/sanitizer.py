"""The last net: of what is painted, no character commands the terminal or hides from the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

MARK = "?"
"""What stands for such a character, reversed, in one cell."""

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: C0, DEL, C1
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a"  # those that format, turn the writing round, or are invisible
    "\ud800-\udfff"  # half of a pair
    "\ue000-\uf8ff\U000e0000-\U0010ffff]"  # private use, tags, planes 15 and 16
)
_REVERSED = Style(reverse=True)


class Sanitizer(LineFilter):
    """Runs over every line that is painted, so the usual one costs a search a segment."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        search = UNSAFE.search
        if not any(search(text) for text, _, _ in segments):
            return segments
        width = sum(cell_len(text) for text, _, _ in segments)
        caught = [part for text, style, _ in segments for part in _marked(text, style)]
        # What had no width has one now; the line must not run into what stands beside it.
        return Segment.adjust_line_length(caught, width)


def _marked(text: str, style: Style | None) -> Iterator[Segment]:
    """`text` in pieces, with a mark for each character that is caught."""
    at = 0
    for match in UNSAFE.finditer(text):
        if match.start() > at:
            yield Segment(text[at : match.start()], style)
        yield Segment(MARK, _REVERSED if style is None else style + _REVERSED)
        at = match.end()
    if at < len(text):
        yield Segment(text[at:], style)
