"""The cell buffer: the cells that the terminal shows, and the output that changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from imr_tui.terminal.sgr import Pen, sgr_change

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

MAX_REWRITTEN = 5
"""Up to this many unchanged cells between two changes are rewritten: shorter than a cursor move."""
MIN_ERASED = 12
"""Runs of at least this many blank cells are erased (ECH): shorter than writing spaces."""
_FIRST_UNSURE = "\u1100"
"""Characters below this one are one cell wide on every terminal."""


class Cell(NamedTuple):
    """One column of one line; the second half of a wide character has an empty text."""

    text: str
    pen: Pen


Row = list[Cell | None]
"""None is a cell whose content is not known."""


class CellBuffer:
    """Mirror of the terminal: its cells, and its pen and cursor after the last output."""

    def __init__(self) -> None:
        self.has_bce = False
        """Whether erased cells take the current background colour (BCE)."""
        self.invalidate()

    def invalidate(self) -> None:
        """Forget everything; for when something else has written to the terminal."""
        self.size = (0, 0)
        self._rows: list[Row] = []
        self._pen: Pen | None = None
        self._at: tuple[int, int] | None = None

    def resize(self, width: int, height: int) -> bool:
        """Set the size; return True if it changed, after which no cell is known."""
        if self.size == (width, height):
            return False
        self.invalidate()
        self.size = (width, height)
        self._rows = [[None] * width for _ in range(height)]
        return True

    def paint(self, x: int, y: int, cells: list[Cell]) -> str:
        """Return the output that shows `cells` from column `x` of line `y` on."""
        if not 0 <= y < self.size[1] or x > self.size[0]:
            # Rendered before the terminal shrank.
            return ""
        row = self._rows[y]
        if cells and is_combining(cells[0].text):
            x, cells = _attach_combining(row, x, cells)
        del cells[max(0, self.size[0] - x) :]
        return "".join(
            self._write(x + first, y, cells[first:last])
            for first, last in _changed_runs(row, x, cells)
        )

    def move(self, x: int, y: int) -> str:
        """Return the output that moves the cursor to (x, y)."""
        before, self._at = self._at, (x, y)
        return cursor_move(before, (x, y))

    def _write(self, x: int, y: int, cells: list[Cell]) -> str:
        sent = [self.move(x, y)]
        row = self._rows[y]
        row[x : x + len(cells)] = cells
        end = x
        for at, cell in enumerate(cells, x):
            if not cell.text or at < end:
                continue
            if self._at != (at, y):
                sent.append(self.move(at, y))
            sent.append(sgr_change(self._pen, cell.pen))
            self._pen = cell.pen
            end = at + (_blank_run(cells, at - x) if self.has_bce and cell.text == " " else 0)
            if end - at >= MIN_ERASED:
                sent.append(f"\x1b[{end - at}X")
            else:
                end = at
                sent.append(cell.text)
                self._at = self._cursor_after(at, y, cell)
        return "".join(sent)

    def _cursor_after(self, x: int, y: int, cell: Cell) -> tuple[int, int] | None:
        """The cursor position after writing `cell`; None where terminals differ."""
        is_narrow = len(cell.text) == 1 and cell.text < _FIRST_UNSURE and x + 1 < self.size[0]
        return (x + 1, y) if is_narrow else None


def cursor_move(start: tuple[int, int] | None, end: tuple[int, int]) -> str:
    """The shortest sequence that moves the cursor from `start` (None: unknown) to `end`."""
    if start == end:
        return ""
    x, y = end
    ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"]
    if start is not None:
        right, down = x - start[0], y - start[1]
        if not down:
            ways += ["\r" + _steps(x, "C"), _steps(abs(right), "C" if right > 0 else "D")]
        elif not right:
            ways.append(_steps(abs(down), "B" if down > 0 else "A"))
    return min(ways, key=len)


def _steps(count: int, where: str) -> str:
    """A relative cursor movement by `count` cells; `where` is its final byte."""
    return f"\x1b[{count if count > 1 else ''}{where}" if count else ""


def _blank_run(cells: list[Cell], first: int) -> int:
    """Number of equal blanks from `first` on; 0 if they have attributes that erasing loses."""
    blank, last = cells[first], first
    while last < len(cells) and cells[last] == blank and not blank.pen.attributes:
        last += 1
    return last - first


def is_combining(text: str) -> bool:
    """Whether `text` has no width, so that terminals add it to the preceding cell."""
    return bool(text) and not text.isascii() and cell_len(text) == 0


def _attach_combining(row: Row, x: int, cells: list[Cell]) -> tuple[int, list[Cell]]:
    """Merge a leading combining character into the cell before `x`; the new column and cells."""
    combining, *others = cells
    head = x - 1
    while head >= 0 and (before := row[head]) is not None:
        if before.text:
            joined = [Cell(before.text + combining.text, before.pen), Cell("", before.pen)]
            return head, [*joined[: x - head], *others]
        head -= 1
    return x, others


def _changed_runs(row: Row, x: int, cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """Ranges of `cells` that differ from `row`; ranges close together are merged."""
    first = last = -1
    for at, cell in enumerate(cells):
        if row[x + at] == cell:
            continue
        if first >= 0 and not _is_cheaper_to_rewrite(cells[last:at]):
            yield _widen(cells, first, last)
            first = -1
        first = at if first < 0 else first
        last = at + 1
    if first >= 0:
        yield _widen(cells, first, last)


def _is_cheaper_to_rewrite(between: list[Cell]) -> bool:
    """Whether unchanged cells between two runs are cheaper to rewrite than to skip."""
    return len(between) <= MAX_REWRITTEN and all(cell.pen == between[0].pen for cell in between)


def _widen(cells: list[Cell], first: int, last: int) -> tuple[int, int]:
    """Extend the range to whole wide characters."""
    while first and not cells[first].text:
        first -= 1
    while last < len(cells) and not cells[last].text:
        last += 1
    return first, last


def to_cells(segments: Iterable[Segment], pen_of: Callable[[Style | None], Pen]) -> list[Cell]:
    """Convert segments to cells; a leading combining character becomes a cell before them."""
    cells: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        pen = pen_of(style)
        if text.isascii():
            cells += [Cell(char, pen) for char in text]
            continue
        for char in text:
            width = cell_len(char)
            if width == 0 and cells:
                _append_combining(cells, char)
            else:
                cells += [Cell(char, pen), Cell("", pen)][: max(width, 1)]
    return cells


def _append_combining(cells: list[Cell], combining: str) -> None:
    """Add a combining character to the last character."""
    head = -1 if cells[-1].text else -2
    cells[head] = Cell(cells[head].text + combining, cells[head].pen)
