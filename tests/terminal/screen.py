"""A screen that is painted by the bytes a program writes, and answers nothing."""

import re
from collections.abc import Iterator

import pyte

UNKNOWN = re.compile(
    rb"\x1b(?:"
    rb"\[[<=>][0-?]*[ -/]*[@-~]"  # private: kitty keys, xterm versions
    rb"|\[\?[0-?]*[@-gi-km-~]"  # private, but for setting and resetting modes
    rb"|\[[0-?]*[ -/]+[@-~]"  # with intermediate bytes: cursor shapes, mode queries
    rb"|\[[0-9;]*:[0-9:;]*m"  # styles with subparameters
    rb"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC
    rb"|[PX^_][^\x1b]*\x1b\\"  # DCS, SOS, PM, APC
    rb")"
)
"""Sequences that pyte would paint as text, or that say nothing about the screen."""

ALTERNATE = re.compile(rb"\x1b\[\?1049[hl]")
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?)?\Z")


class PaintedScreen:
    """The cells of a terminal; the alternate screen is a screen that starts empty."""

    def __init__(self, cols: int, rows: int) -> None:
        self._screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._lines: list[str] | None = None

    def feed(self, data: bytes) -> None:
        self._lines = None
        data = self._rest + data
        unfinished = UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._rest = data[end:]
        painted = ALTERNATE.sub(b"\x1b[H\x1b[2J", UNKNOWN.sub(b"", data[:end]))
        self._stream.feed(painted)

    def resize(self, cols: int, rows: int) -> None:
        self._lines = None
        self._screen.resize(rows, cols)

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = ["".join(self._cells(row)) for row in range(self._screen.lines)]
        return self._lines

    def _cells(self, row: int) -> Iterator[str]:
        """The characters of a row; the second half of a wide one holds nothing.

        pyte's own `display` fails while half of a wide character is overwritten.
        """
        cells = self._screen.buffer[row]
        return (cells[column].data for column in range(self._screen.columns))

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor, from zero."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is shown."""
        return not self._screen.cursor.hidden

    def cells(self, row: int) -> list[pyte.screens.Char]:
        """The cells of a row, with their characters and styles."""
        cells = self._screen.buffer[row]
        return [cells[column] for column in range(self._screen.columns)]

    def styles(self, row: int) -> list[frozenset[str]]:
        """Of each cell of a row the attributes, a hue among them."""
        cells = self._screen.buffer[row]
        return [_style(cells[column]) for column in range(self._screen.columns)]


def _style(cell: pyte.screens.Char) -> frozenset[str]:
    flags = {"bold": cell.bold, "underlined": cell.underscore, "reversed": cell.reverse}
    colours = {cell.fg, cell.bg} - {"default"}
    return frozenset({name for name, is_set in flags.items() if is_set} | colours)
