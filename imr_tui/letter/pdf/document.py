"""Puts the text of a letter on the pages of a PDF; the same text always gives the same bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.letter.parse.lines import ends_sentence
from imr_tui.letter.pdf.toolkit import FONT, new_canvas

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE = (612, 792)
"""Width and height of a page in points: US letter."""
MARGIN = 54
"""Points of the page that the text leaves blank on each side."""
MAX_COLUMNS = 200
"""Maximum characters of a line: the largest `--width` of a letter."""
ADVANCE = 0.602
"""Width of every character of the font, as a part of its size."""
_MAX_SIZE = 10.0
_LEADING = 1.25
"""Distance between two baselines, as a part of the size."""
_EDGE_SIZE = 8
"""Size of the page number and of the mark, which stand in the margins."""
_EDGE = 30
"""Points between the edge of the page and the page number, or the mark."""


class Layout(NamedTuple):
    """The size of the text, and how much of it fits on a page."""

    size: float
    """The size of the font in points."""
    rows: int
    """The number of lines on a page."""


def pdf_of(text: str, number: str, *, mark: str = "") -> bytes:
    """The PDF of a letter, an ASCII text; the case number is its title.

    No line is broken or joined: the longest one determines the size of the font. `mark` stands
    above the text on each page, such as `DRAFT - NOT SIGNED`. The file has no author and no time.
    Raises BadInput for a line of more than `MAX_COLUMNS` characters, CannotStore if reportlab is
    not installed.
    """
    lines = text.rstrip("\n").split("\n")
    layout = layout_of(lines)
    pages = list(pages_of(lines, layout.rows))
    digest = hashlib.sha256("\0".join((number, mark, text)).encode()).hexdigest()[:32]
    out = io.BytesIO()
    canvas = new_canvas(out, PAGE, number, digest)
    for at, page in enumerate(pages, 1):
        _draw_text(canvas, page, layout.size)
        _draw_edges(canvas, mark, f"Page {at} of {len(pages)}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def layout_of(lines: Sequence[str]) -> Layout:
    """The largest size at which every line fits; raises BadInput if a line is too long."""
    at, columns = max(enumerate(map(len, lines), 1), key=lambda line: line[1])
    if columns > MAX_COLUMNS:
        raise BadInput(
            f"No PDF was written. Line {at} of the letter has {columns} characters without a "
            f"space to wrap it at; a page has room for {MAX_COLUMNS}."
        )
    width, height = (side - 2 * MARGIN for side in PAGE)
    # In tenths of a point, rounded down.
    size = min(_MAX_SIZE, int(10 * width / (max(columns, 1) * ADVANCE)) / 10)
    return Layout(size, int(height / (size * _LEADING)))


def pages_of(lines: Sequence[str], rows: int) -> Iterator[Sequence[str]]:
    """Divide lines into pages of at most `rows`, not counting blank lines at the end of a page.

    A heading is not left behind at the end of a page. Blank lines between two paragraphs stay with
    the first one, so that a reader of the file can tell the paragraphs apart.
    """
    start = 0
    while start < len(lines):
        end = _page_end(lines, start, start + rows)
        yield lines[start:end]
        start = end


def _page_end(lines: Sequence[str], start: int, limit: int) -> int:
    """Where the page ends that begins at `start` and has room until `limit`."""
    if limit >= len(lines):
        return len(lines)
    if lines[limit - 1] and lines[limit]:
        return limit
    end = limit
    # Up to half a page may stay blank to keep headings with what follows.
    while end > (start + limit) // 2:
        last = next((at for at in range(end - 1, start - 1, -1) if lines[at]), None)
        if last is None:
            break
        if ends_sentence(lines[last]):
            return _after_blank_lines(lines, end)
        end = next((at + 1 for at in range(last, start - 1, -1) if not lines[at]), start)
    return _after_blank_lines(lines, limit)


def _after_blank_lines(lines: Sequence[str], at: int) -> int:
    return next((each for each in range(at, len(lines)) if lines[each]), len(lines))


def _draw_text(canvas: Canvas, lines: Sequence[str], size: float) -> None:
    text = canvas.beginText(MARGIN, PAGE[1] - MARGIN - size)
    text.setFont(FONT, size, size * _LEADING)
    for line in lines:
        # Readers of PDFs, such as `imr-tui import`, leave out a line without any character.
        text.textLine(line or " ")
    canvas.drawText(text)


def _draw_edges(canvas: Canvas, mark: str, page: str) -> None:
    if mark:
        _draw_centred(canvas, PAGE[1] - _EDGE - _EDGE_SIZE, mark)
    _draw_centred(canvas, _EDGE, page)


def _draw_centred(canvas: Canvas, height: float, words: str) -> None:
    text = canvas.beginText((PAGE[0] - len(words) * ADVANCE * _EDGE_SIZE) / 2, height)
    text.setFont(FONT, _EDGE_SIZE)
    # Not as a line, after which readers of PDFs would see a blank one.
    text.textOut(words)
    canvas.drawText(text)
