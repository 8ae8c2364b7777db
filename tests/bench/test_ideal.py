"""The bytes that a change needs make the change, and are not more than other ways take."""

import pytest
from hypothesis import given, strategies as st
from pyte.screens import Char

from tests.bench.ideal import PLAIN, Cursor, Ideal, move, pen_change
from tests.bench.shown import Cells, Shown, blank

COLUMNS, ROWS = 12, 3
PLACES = st.builds(Cursor, st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1), st.booleans())
COLOURS = st.sampled_from(["default", "red", "brightblue", "00005f", "102030"])
CELLS = st.builds(
    Char,
    st.sampled_from("  abcé"),
    COLOURS,
    COLOURS,
    bold=st.booleans(),
    reverse=st.booleans(),
)
CLUSTERS = st.lists(st.tuples(CELLS, st.integers(1, 8)), min_size=1)


@st.composite
def screens(draw: st.DrawFn) -> Cells:
    """Screens whose cells look alike in runs, as those of programs do."""
    return [line(draw(CLUSTERS)) for _ in range(ROWS)]


def line(clusters: list[tuple[Char, int]]) -> list[Char]:
    cells = [cell for cell, count in clusters for _ in range(count)]
    return (cells + [PLAIN] * COLUMNS)[:COLUMNS]


def painted(*changes: str) -> Shown:
    shown = Shown(COLUMNS, ROWS)
    for change in changes:
        shown.feed(change.encode())
    return shown


def words(text: str, looks: Char = PLAIN) -> list[Char]:
    return line([(looks._replace(data=letter), 1) for letter in text])


def changed(old: str, new: str, start: Cursor, end: Cursor) -> str:
    rest = blank(COLUMNS, ROWS - 1)
    return Ideal().change([words(old), *rest], [words(new), *rest], start, end)


@given(screens(), screens(), PLACES, PLACES)
def test_what_is_sent_makes_the_change(
    first: Cells, second: Cells, start: Cursor, end: Cursor
) -> None:
    ideal = Ideal()
    nothing = blank(COLUMNS, ROWS)
    begin = ideal.change(nothing, first, Cursor(0, 0), start)
    shown = painted(begin, ideal.change(first, second, start, end))
    assert shown.rows() == second
    assert shown.place == end


@given(screens(), PLACES)
def test_nothing_is_sent_for_no_change(cells: Cells, place: Cursor) -> None:
    assert Ideal().change(cells, cells, place, place) == ""


def test_a_letter_at_the_cursor_is_one_byte() -> None:
    assert changed("ab", "abc", Cursor(2, 0), Cursor(3, 0)) == "c"


def test_cells_between_are_written_again_where_that_is_shorter() -> None:
    assert changed("abcde", "xbcdy", Cursor(0, 0), Cursor(5, 0)) == "xbcdy"
    assert changed("abcdefg", "xbcdefy", Cursor(0, 0), Cursor(7, 0)) == "x\x1b[5Cy"


def test_a_blank_end_of_a_line_is_cleared() -> None:
    assert changed("abcdefgh", "a", Cursor(1, 0), Cursor(1, 0)) == "\x1b[K"


def test_a_pen_is_kept_from_one_change_to_the_next() -> None:
    red, rest, ideal = PLAIN._replace(fg="red"), blank(COLUMNS, ROWS - 1), Ideal()
    texts = [[words(text, red), *rest] for text in ("", "a", "ab")]
    places = [Cursor(column, 0) for column in range(3)]
    sent = [
        ideal.change(before, after, start, end)
        for before, after, start, end in zip(texts, texts[1:], places, places[1:], strict=False)
    ]
    assert sent == ["\x1b[31ma", "b"]


def test_a_wide_character_is_written_once_and_whole() -> None:
    wide = [words(""), *blank(COLUMNS, ROWS - 1)]
    wide[0][1:3] = [Char("漢"), Char("")]
    sent = Ideal().change(blank(COLUMNS, ROWS), wide, Cursor(0, 0), Cursor(3, 0))
    assert sent == "\x1b[C漢"
    assert painted(sent).rows() == wide


def test_a_cursor_that_is_hidden_is_told() -> None:
    assert changed("", "", Cursor(0, 0), Cursor(0, 0, is_hidden=True)) == "\x1b[?25l"


@pytest.mark.parametrize(
    ("start", "end", "sent"),
    [
        ((3, 1), (3, 1), ""),
        ((3, 1), (4, 1), "\x1b[C"),
        ((3, 1), (2, 1), "\b"),
        ((9, 1), (0, 1), "\r"),
        ((9, 1), (0, 2), "\r\n"),
        ((9, 1), (9, 2), "\n"),
        ((9, 2), (9, 1), "\x1b[A"),
        ((9, 9), (20, 2), "\x1b[3;21H"),
        (None, (0, 0), "\x1b[H"),
    ],
)
def test_the_shortest_way_is_taken(
    start: tuple[int, int] | None, end: tuple[int, int], sent: str
) -> None:
    assert move(start, end) == sent


def test_a_pen_changes_by_the_shorter_sequence() -> None:
    bold = PLAIN._replace(bold=True, fg="red")
    assert pen_change(PLAIN, bold) == "\x1b[1;31m"
    assert pen_change(bold, PLAIN) == "\x1b[m"
    assert pen_change(bold, bold._replace(bold=False)) == "\x1b[22m"
    assert pen_change(PLAIN, PLAIN._replace(bg="00005f")) == "\x1b[48;5;17m"
