"""The bytes that a terminal has to be sent so that one screen becomes another.

Cells that differ are written, each run of them after a move of the cursor; the pen changes where
the next cell looks different. What a terminal can shift by itself (lines, columns) is not counted
on, so a program that lets it scroll may send less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyte.graphics import FG_BG_256
from pyte.screens import Char

Rows = Sequence[Sequence[Char]]
"""The lines of a screen; the second half of a wide character holds nothing."""

PLAIN = Char(" ")
CLEAR_TAIL = "\x1b[K"
_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_INDEXES = {colour: index for index, colour in reversed(list(enumerate(FG_BG_256)))}
_ATTRIBUTES = {
    "bold": ("1", "22"),
    "italics": ("3", "23"),
    "underscore": ("4", "24"),
    "blink": ("5", "25"),
    "reverse": ("7", "27"),
    "strikethrough": ("9", "29"),
}
"""Of each attribute the codes that set it and take it away."""


@dataclass(frozen=True)
class Cursor:
    """Where the cursor is."""

    column: int
    row: int
    is_hidden: bool = False


@dataclass
class Ideal:
    """A terminal that is sent no byte too many; it keeps its pen from one change to the next."""

    pen: Char = PLAIN
    at: tuple[int, int] | None = None
    sent: list[str] = field(default_factory=list)

    def change(self, before: Rows, after: Rows, start: Cursor, end: Cursor) -> str:
        """What makes `after` of `before`, and leaves the cursor where it has to be."""
        self.at, self.sent = (start.column, start.row), []
        for row, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self._line(row, old, new)
        self._move(end.column, end.row)
        if start.is_hidden != end.is_hidden:
            self.sent.append("\x1b[?25l" if end.is_hidden else "\x1b[?25h")
        return "".join(self.sent)

    def _line(self, row: int, old: Sequence[Char], new: Sequence[Char]) -> None:
        tail, parts = blank_tail(new), list(runs(old, new))
        for first, last in parts:
            self._move(first, row)
            blank = max(first, tail)
            is_cleared = last > blank and parts[-1][1] - blank > len(CLEAR_TAIL)
            end = blank if is_cleared else last
            for cell in new[first:end]:
                self._draw(cell)
            # Behind the last column terminals differ in where the cursor is.
            self.at = (end, row) if end < len(new) else None
            if is_cleared:
                self._take_pen(new[end])
                self.sent.append(CLEAR_TAIL)
                return

    def _draw(self, cell: Char) -> None:
        if cell.data:
            self._take_pen(cell)
            self.sent.append(cell.data)

    def _take_pen(self, cell: Char) -> None:
        self.sent.append(pen_change(self.pen, cell))
        self.pen = cell

    def _move(self, column: int, row: int) -> None:
        self.sent.append(move(self.at, (column, row)))
        self.at = (column, row)


def runs(old: Sequence[Char], new: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """The parts of a line that differ; parts that cost less to write as one are one."""
    first = last = -1
    for column, (was, now) in enumerate(zip(old, new, strict=True)):
        if was == now:
            continue
        if first >= 0 and not is_bridge(new[last - 1 : column]):
            yield first, whole(new, last)
            first = -1
        if first < 0:
            first = column if now.data or not column else column - 1
        last = column + 1
    if first >= 0:
        yield first, whole(new, last)


def whole(line: Sequence[Char], end: int) -> int:
    """The end of a run, behind the second half of a wide character."""
    return end + 1 if end < len(line) and not line[end].data else end


def is_bridge(cells: Sequence[Char]) -> bool:
    """Whether the cells behind the first one are as cheap to write again as to step over."""
    drawn, *between = cells
    text = "".join(cell.data for cell in between)
    step = len(move((0, 0), (len(between), 0)))
    return len(text.encode()) <= step and all(styled(cell) == styled(drawn) for cell in between)


def blank_tail(line: Sequence[Char]) -> int:
    """The column from which on a line has nothing but blanks that look alike."""
    column = len(line)
    while column and line[column - 1] == line[-1]:
        column -= 1
    can_be_cleared = line[-1].data == " " and not (line[-1].reverse or line[-1].underscore)
    return column if can_be_cleared else len(line)


def move(start: tuple[int, int] | None, end: tuple[int, int]) -> str:
    """The shortest way from one place to another; from None, one that starts anywhere."""
    column, row = end
    ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1 if row else ''}H"]
    if start is not None:
        down = vertical(row - start[1])
        ways.append(down + horizontal(column - start[0]))
        ways.append("\r" + down + horizontal(column))
    return min(ways, key=len)


def vertical(lines: int) -> str:
    if 0 < lines <= 3:
        return "\n" * lines
    return step(lines, "B", "A")


def horizontal(columns: int) -> str:
    if -3 <= columns < 0:
        return "\b" * -columns
    return step(columns, "C", "D")


def step(count: int, forward: str, back: str) -> str:
    """The sequence that moves by so much in one direction."""
    if count == 0:
        return ""
    number = "" if abs(count) == 1 else abs(count)
    return f"\x1b[{number}{forward if count > 0 else back}"


def styled(cell: Char) -> Char:
    """How a cell looks, whatever it holds."""
    return cell._replace(data="")


def pen_change(old: Char, new: Char) -> str:
    """The shorter of two sequences: the codes that differ, or a reset and all that are set."""
    if styled(old) == styled(new):
        return ""
    differing = [
        codes[0 if getattr(new, name) else 1]
        for name, codes in _ATTRIBUTES.items()
        if getattr(old, name) != getattr(new, name)
    ]
    differing += [colour(new.fg, 30)] if old.fg != new.fg else []
    differing += [colour(new.bg, 40)] if old.bg != new.bg else []
    every = [codes[0] for name, codes in _ATTRIBUTES.items() if getattr(new, name)]
    every += [colour(new.fg, 30)] if new.fg != PLAIN.fg else []
    every += [colour(new.bg, 40)] if new.bg != PLAIN.bg else []
    anew = f"\x1b[{';'.join(['0', *every])}m" if every else "\x1b[m"
    return min(f"\x1b[{';'.join(differing)}m", anew, key=len)


def colour(name: str, base: int) -> str:
    """The code of a colour: one of 16, of 256, or of all."""
    if name == "default":
        return str(base + 9)
    plain = name.removeprefix("bright").replace("yellow", "brown")
    if plain in _NAMES:
        return str(base + _NAMES.index(plain) + (60 if name.startswith("bright") else 0))
    if name in _INDEXES:
        return f"{base + 8};5;{_INDEXES[name]}"
    red, green, blue = (int(name[at : at + 2], 16) for at in (0, 2, 4))
    return f"{base + 8};2;{red};{green};{blue}"
