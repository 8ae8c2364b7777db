"""A frame of the animation: the cells of a terminal at one moment."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pyte.screens import Char


class Style(NamedTuple):
    """How a cell looks; a colour is a name of pyte's, or six hexadecimal digits."""

    foreground: str
    background: str
    bold: bool
    underlined: bool


class Run(NamedTuple):
    """Adjacent cells of one style."""

    column: int
    text: str
    style: Style


Row = tuple[Run, ...]


class Frame(NamedTuple):
    """What a terminal shows, and for how long."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int] | None
    """Column and row of the cursor, from zero; None if it is hidden."""
    seconds: float

    @property
    def lines(self) -> list[str]:
        """The text of each row, without blanks at its end."""
        return ["".join(run.text for run in row).rstrip() for row in self.rows]


def frame_of(
    cells: Sequence[Sequence[Char]], cursor: tuple[int, int] | None, seconds: float
) -> Frame:
    """The frame of the cells of a screen."""
    return Frame(tuple(tuple(_runs(row)) for row in cells), cursor, seconds)


def _runs(cells: Sequence[Char]) -> Iterator[Run]:
    column = 0
    for style, group in groupby(cells, _style):
        text = "".join(cell.data for cell in group)
        yield Run(column, text, style)
        column += len(text)


def _style(cell: Char) -> Style:
    colours = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
    return Style(*colours, bool(cell.bold), bool(cell.underscore))
