"""The output of a cell buffer makes the terminal show exactly the painted cells, and is short."""

from typing import Any

import pyte
import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from imr_tui.terminal.cell_buffer import Cell, CellBuffer, cursor_move, to_cells
from imr_tui.terminal.sgr import DEFAULT_PEN, Pen, pen_of, sgr_change
from tests.rows import each_row

WIDTH, HEIGHT = 24, 5
STYLES = [
    Style(),
    Style(color="#ff0000"),
    Style(color="#00ff00", bgcolor="#101010"),
    Style(bold=True),
    Style(bold=True, underline=True, bgcolor="#101010"),
    Style(reverse=True, color="#ff0000"),
]
TEXTS = st.text(st.sampled_from("ab c漢é—e\u0301"), min_size=1, max_size=12)


def pen(style: Style | None) -> Pen:
    return pen_of(style, ColorSystem.TRUECOLOR)


def look(screen: pyte.Screen) -> list[list[Any]]:
    """Every cell of a screen: its text and how it is drawn."""
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def stock(screen: pyte.Screen, stream: pyte.Stream, x: int, y: int, cells: list[Cell]) -> None:
    """Paint cells as an app does that compares nothing."""
    stream.feed(f"\x1b[{y + 1};{x + 1}H")
    for at, cell in enumerate(cells, x):
        if cell.text and at < screen.columns:
            stream.feed(f"\x1b[{y + 1};{at + 1}H{sgr_change(None, cell.pen)}{cell.text}")


PAINTS = st.lists(
    st.tuples(
        st.integers(0, HEIGHT - 1),
        st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=12,
)


def whole_line(parts: list[tuple[str, Style]]) -> list[Cell]:
    """The cells of a line that is as wide as the screen."""
    segments = [Segment(text.lstrip("\u0301") or "x", style) for text, style in parts]
    cells = to_cells(segments, pen)[:WIDTH]
    if len(cells) == WIDTH and cells[-1].text and cell_len(cells[-1].text) == 2:
        cells[-1] = Cell(" ", cells[-1].pen)
    return cells + [Cell(" ", DEFAULT_PEN)] * (WIDTH - len(cells))


@pytest.mark.slow
@settings(max_examples=150)
@given(PAINTS, st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.booleans())
def test_the_terminal_shows_what_was_painted(
    paints: list[tuple[int, list[tuple[str, Style]]]], x: int, y: int, erases: bool
) -> None:
    ours, theirs = (pyte.Screen(WIDTH, HEIGHT) for _ in range(2))
    for screen in (ours, theirs):
        screen.reset_mode(7, private=True)
    our_stream, their_stream = pyte.Stream(ours), pyte.Stream(theirs)
    buffer = CellBuffer()
    buffer.has_bce = erases
    buffer.resize(WIDTH, HEIGHT)
    for line, parts in paints:
        cells = whole_line(parts)
        our_stream.feed(buffer.paint(0, line, list(cells)))
        stock(theirs, their_stream, 0, line, cells)
        assert look(ours) == look(theirs)
        assert buffer.paint(0, line, list(cells)) == ""
        our_stream.feed(buffer.move(x, y))
        assert (ours.cursor.x, ours.cursor.y) == (x, y)


def test_a_letter_at_the_end_is_one_byte() -> None:
    buffer = CellBuffer()
    buffer.resize(WIDTH, HEIGHT)
    buffer.paint(0, 1, whole_line([("some text", STYLES[2])]))
    buffer.move(9, 1)
    buffer.paint(0, 1, whole_line([("some texty", STYLES[2])]))
    buffer.move(10, 1)
    assert buffer.paint(0, 1, whole_line([("some textyx", STYLES[2])])) == "x"


def test_what_is_far_apart_is_stepped_over() -> None:
    buffer = CellBuffer()
    buffer.resize(WIDTH, HEIGHT)
    buffer.paint(0, 0, whole_line([("a.........b", Style())]))
    assert buffer.paint(0, 0, whole_line([("x.........y", Style())])) == "\x1b[1Hx\x1b[9Cy"
    assert buffer.paint(0, 0, whole_line([("x....z....y", Style())])) == "\x1b[6Dz"
    assert buffer.paint(0, 0, whole_line([("w....z....y", Style())])) == "\rw"


@each_row(
    ("start", "end", "sent"),
    [
        (None, (0, 3), "\x1b[4H"),
        (None, (4, 3), "\x1b[4;5H"),
        ((4, 3), (4, 3), ""),
        ((4, 3), (5, 3), "\x1b[C"),
        ((4, 3), (9, 3), "\x1b[5C"),
        ((4, 3), (0, 3), "\r"),
        ((4, 3), (3, 3), "\x1b[D"),
        ((70, 3), (1, 3), "\r\x1b[C"),
        ((70, 3), (60, 3), "\x1b[10D"),
        ((4, 3), (4, 2), "\x1b[A"),
        ((4, 3), (4, 9), "\x1b[6B"),
        ((4, 3), (0, 4), "\x1b[5H"),
        ((4, 3), (7, 4), "\x1b[5;8H"),
    ],
)
def test_the_cursor_goes_the_shortest_way(
    start: tuple[int, int] | None, end: tuple[int, int], sent: str
) -> None:
    assert cursor_move(start, end) == sent


@pytest.mark.parametrize(
    ("erases", "style", "sent"),
    [
        (True, STYLES[2], "\x1b[1H\x1b[38;2;0;255;0;48;2;16;16;16ma\x1b[19X\x1b[19Cb"),
        (False, STYLES[2], "\x1b[1H\x1b[38;2;0;255;0;48;2;16;16;16ma" + " " * 19 + "b"),
        (True, STYLES[4], "\x1b[1H\x1b[1;4;48;2;16;16;16ma" + " " * 19 + "b"),
    ],
    ids=["erases", "leaves holes", "underlined"],
)
def test_blanks_are_erased_where_that_leaves_their_ground(
    erases: bool, style: Style, sent: str
) -> None:
    buffer = CellBuffer()
    buffer.has_bce = erases
    buffer.resize(WIDTH, HEIGHT)
    buffer._pen = DEFAULT_PEN
    assert buffer.paint(0, 0, to_cells([Segment(f"a{' ' * 19}b", style)], pen)) == sent


def test_after_forgetting_everything_is_sent() -> None:
    buffer = CellBuffer()
    for _ in range(2):
        buffer.resize(WIDTH, HEIGHT)
        assert buffer.paint(0, 0, whole_line([("text", STYLES[1])])) != ""
        buffer.invalidate()


def test_another_size_is_another_terminal() -> None:
    buffer = CellBuffer()
    buffer.resize(WIDTH, HEIGHT)
    buffer.paint(0, 0, whole_line([("text", STYLES[1])]))
    buffer.resize(WIDTH, HEIGHT)
    assert buffer.paint(0, 0, whole_line([("text", STYLES[1])])) == ""
    buffer.resize(WIDTH + 1, HEIGHT)
    assert buffer.paint(0, 0, whole_line([("text", STYLES[1])])) != ""


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        (DEFAULT_PEN, Pen(("1",)), "\x1b[1m"),
        (Pen(("1",)), DEFAULT_PEN, "\x1b[m"),
        (Pen((), "31"), Pen((), "32"), "\x1b[32m"),
        (Pen(("1",), "31"), Pen(("1", "7"), "31"), "\x1b[7m"),
        (Pen(("7",), "31"), Pen(("1",), "31"), "\x1b[0;1;31m"),
        (None, DEFAULT_PEN, "\x1b[m"),
        (DEFAULT_PEN, DEFAULT_PEN, ""),
        (Pen((), "31", "42"), Pen((), "39", "42"), "\x1b[39m"),
    ],
)
def test_the_pen_changes_by_the_shortest_way(old: Pen | None, new: Pen, sent: str) -> None:
    assert sgr_change(old, new) == sent


def test_a_mark_without_a_letter_goes_to_what_is_before_it() -> None:
    buffer = CellBuffer()
    buffer.resize(WIDTH, HEIGHT)
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    stream.feed(buffer.paint(0, 0, whole_line([("abc", STYLES[1])])))
    marked = to_cells([Segment("\u0301xy", STYLES[1])], pen)
    assert [cell.text for cell in marked] == ["\u0301", "x", "y"]
    stream.feed(buffer.paint(2, 0, list(marked)))
    assert screen.display[0].rstrip() == "ab\u0301xy"
    stream.feed(buffer.paint(0, 1, list(marked)))
    assert screen.display[1].rstrip() == "xy"


@each_row(("x", "y"), [(11, 0), (40, 1), (0, 2), (11, 2)])
@each_row("text", ["text", "\u0301", "漢"])
def test_what_lies_beyond_the_edge_is_not_sent(x: int, y: int, text: str) -> None:
    buffer = CellBuffer()
    buffer.resize(10, 2)
    assert buffer.paint(x, y, to_cells([Segment(text)], pen)) == ""
    assert buffer.size == (10, 2)
