"""The letter as paragraphs, which a screen wraps to its own width without changing the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from imr_tui.domain.workflow import REQUEST_FIELDS, Place
from imr_tui.text.layout import count_words, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = re.compile(r"\s{2,}")
"""The space between the columns of a table."""


@dataclass(frozen=True)
class Paragraph:
    """One line of the letter before it is wrapped: a paragraph, a heading, a row or a blank."""

    text: str
    """The line, in ASCII."""
    place: Place | None = None
    """The field of the case that it prints, if known."""
    lead: int = 0
    """The number of words before the text of the field, such as `Decision rationale:`."""

    def wrapped(self, width: int, columns: int) -> list[str]:
        """The lines for a screen of `columns`; those of the file if it has room for its `width`."""
        if columns >= width:
            return wrap(self.text, width).split("\n")
        return list(_rewrapped(self.text, columns))


@dataclass(frozen=True)
class ScreenLetter:
    """A letter as it is shown: lines, each with the paragraph that it belongs to."""

    paragraphs: tuple[Paragraph, ...]
    """The paragraphs of the letter."""
    lines: tuple[str, ...]
    """The lines."""
    sources: tuple[int, ...]
    """For each line the index of its paragraph."""

    @cached_property
    def text(self) -> str:
        """The lines as one text, with a line end after the last one."""
        return "\n".join(self.lines) + "\n"

    def place_at(self, line: int) -> Place | None:
        """The field of the case that a line prints; None if it is fixed text or not a line."""
        if not 0 <= line < len(self.sources):
            return None
        return self.paragraphs[self.sources[line]].place

    def line_of(self, place: Place, words: int = 0) -> int | None:
        """The line with the word number `words`, from 0, of a field; None if it is not printed.

        For a field that the letter does not print, the line that names its item.
        """
        shown = self._lines_with(place)
        if not shown and place.item is not None:
            shown = self._lines_with(Place("request", place.item))
        if not shown:
            return None
        lead = self.paragraphs[self.sources[shown[0]]].lead
        ends = list(accumulate(count_words(self.lines[line]) for line in shown))
        return shown[min(bisect_right(ends, lead + words), len(shown) - 1)]

    def _lines_with(self, place: Place) -> list[int]:
        field = _same_line(place)
        paragraphs = {at for at, each in enumerate(self.paragraphs) if each.place == field}
        return [line for line, source in enumerate(self.sources) if source in paragraphs]


@dataclass(frozen=True)
class Preview:
    """A letter that was rendered but not wrapped."""

    paragraphs: tuple[Paragraph, ...]
    """Its paragraphs in order; blank ones separate the others."""
    width: int
    """Columns at which the file wraps."""

    @classmethod
    def of_text(cls, text: str, place: Place | None = None) -> Preview:
        """A preview of any text, which has no file; its lines are wrapped to the screen only."""
        return cls(tuple(Paragraph(line, place) for line in text.split("\n")), 0)

    def wrapped(self, columns: int) -> ScreenLetter:
        """Wrap for a screen of `columns`; a screen that has room for it shows the file's lines."""
        width = self.width or columns
        lines: list[str] = []
        sources: list[int] = []
        for at, paragraph in enumerate(self.paragraphs):
            for line in paragraph.wrapped(width, max(columns, 1)):
                # As in the file: one blank line between blocks, none at the start.
                if line or (lines and lines[-1]):
                    lines.append(line)
                    sources.append(at)
        while lines and not lines[-1]:
            del lines[-1], sources[-1]
        return ScreenLetter(self.paragraphs, tuple(lines), tuple(sources))

    @property
    def text(self) -> str:
        """The text of the file; of a text that has no file, its lines."""
        if not self.width:
            return "\n".join(paragraph.text for paragraph in self.paragraphs)
        return self.wrapped(self.width).text


def _rewrapped(line: str, columns: int) -> Iterator[str]:
    """The lines of a paragraph on a narrow screen.

    A heading stays centred. A row of a table that does not fit is shown cell by cell.
    """
    if len(line) <= columns:
        yield line.rstrip()
        return
    cells = _GAP.split(line.strip())
    for cell in cells:
        is_heading = line.startswith("  ") and len(cells) == 1
        for part in wrap(cell, columns).split("\n"):
            yield part.center(columns).rstrip() if is_heading else part


# ── The fields that the lines print ──────────────────────────────────────────────────────────

_LINES = {"licenses": "reviewer.licenses", "specialties": "reviewer.specialties"}


def with_places(lines: Sequence[str], variables: dict[str, Any]) -> tuple[Paragraph, ...]:
    """Find the fields in the lines of a letter by the `variables` that its template was given.

    Looks for each text at the start or the end of a line, in the order of the shipped template;
    within an item in any order. A site's template may print a field elsewhere or not at all: its
    lines have no place then.
    """
    finder = _Finder(lines)
    for name, field in _LINES.items():
        finder.find(variables[name], Place(field))
    finder.find(variables["summary"], Place("summary.text"), moves=True)
    for index, item in enumerate(variables["items"]):
        finder.find(item["title"], Place("request", index), moves=True)
        for name, field in _FIELDS.items():
            finder.find(item[name], Place(field, index))
    return tuple(finder.paragraphs)


_FIELDS = {
    "administrator_guideline": "administrator_citations",
    "guideline": "citations",
    "rationale": "rationale",
}


_NEAR = 200
"""Lines after the title of an item in which its other fields are looked for."""


class _Finder:
    """Assigns places to lines; a line that has one is not assigned again."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.paragraphs = [Paragraph(line) for line in lines]
        self._start = 0

    def find(self, text: str, place: Place, *, moves: bool = False) -> None:
        """Assign `place` to the lines of `text`; `moves`: later texts are searched after them."""
        wanted = text.split("\n")
        if not text:
            return
        last = len(self.paragraphs) - len(wanted) + 1
        for at in range(self._start, last if moves else min(last, self._start + _NEAR)):
            if self._prints(at, wanted):
                self._assign(at, wanted, place)
                if moves:
                    self._start = at + len(wanted)
                return

    def _prints(self, at: int, wanted: list[str]) -> bool:
        first = self.paragraphs[at]
        if first.place is not None or not (
            first.text.startswith(wanted[0]) or first.text.endswith(wanted[0])
        ):
            return False
        following = self.paragraphs[at + 1 : at + len(wanted)]
        return all(each.text == line for each, line in zip(following, wanted[1:], strict=True))

    def _assign(self, at: int, wanted: list[str], place: Place) -> None:
        first = self.paragraphs[at].text
        lead = 0 if first.startswith(wanted[0]) else count_words(first[: -len(wanted[0])])
        for offset in range(len(wanted)):
            text = self.paragraphs[at + offset].text
            self.paragraphs[at + offset] = Paragraph(text, place, 0 if offset else lead)


def _same_line(place: Place) -> Place:
    """The place that stands for a line: a decision is on the line of its request."""
    field = place.field.partition("[")[0]
    if place.item is None:
        return Place("reviewer.licenses" if field.startswith("reviewer") else field)
    on_title = ("decision", *REQUEST_FIELDS)
    return Place("request" if field in on_title else field, place.item)
