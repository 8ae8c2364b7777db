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

CONTROLS = "[\x00-\x1f\x7f-\x9f]"
"""A pattern for the control characters: the least that a sanitizer catches."""
_REVERSED = Style(reverse=True)


class Sanitizer(LineFilter):
    """Runs over every line that is painted, so the usual one costs a search a segment."""

    def __init__(self, unsafe: str = CONTROLS) -> None:
        """`unsafe`: a pattern for one character that must not be painted."""
        super().__init__()
        self._unsafe = re.compile(unsafe)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        search = self._unsafe.search
        if not any(search(text) for text, _, _ in segments):
            return segments
        width = sum(cell_len(text) for text, _, _ in segments)
        caught = [part for text, style, _ in segments for part in self._marked(text, style)]
        # What had no width has one now; the line must not run into what stands beside it.
        return Segment.adjust_line_length(caught, width)

    def _marked(self, text: str, style: Style | None) -> Iterator[Segment]:
        """`text` in pieces, with a mark for each character that is caught."""
        at = 0
        for match in self._unsafe.finditer(text):
            if match.start() > at:
                yield Segment(text[at : match.start()], style)
            yield Segment(MARK, _REVERSED if style is None else style + _REVERSED)
            at = match.end()
        if at < len(text):
            yield Segment(text[at:], style)
