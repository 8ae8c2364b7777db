"""What a terminal shows, as cells that one moment can be compared by with the next."""

from pyte.screens import Char

from tests.bench.ideal import Cursor
from tests.terminal.screen import PaintedScreen

Cells = list[list[Char]]
BLANK = Char(" ")


class Shown(PaintedScreen):
    """A painted screen whose rows can be kept."""

    def __init__(self, cols: int, rows: int) -> None:
        super().__init__(cols, rows)
        self._kept: Cells = []
        self._touch()

    @property
    def place(self) -> Cursor:
        """Where the cursor is, and whether it is shown."""
        cursor = self._screen.cursor
        return Cursor(min(cursor.x, self._screen.columns - 1), cursor.y, bool(cursor.hidden))

    def resize(self, cols: int, rows: int) -> None:
        super().resize(cols, rows)
        self._touch()

    def rows(self) -> Cells:
        """The cells as they are now; a row that nothing has touched is the same object."""
        columns = range(self._screen.columns)
        for row in self._screen.dirty:
            if row < len(self._kept):
                line = self._screen.buffer[row]
                self._kept[row] = [line[column] for column in columns]
        self._screen.dirty.clear()
        return list(self._kept)

    def _touch(self) -> None:
        self._kept = blank(self._screen.columns, self._screen.lines)
        self._screen.dirty.update(range(self._screen.lines))


def blank(cols: int, rows: int) -> Cells:
    """The cells of a screen that shows nothing."""
    return [[BLANK] * cols for _ in range(rows)]
