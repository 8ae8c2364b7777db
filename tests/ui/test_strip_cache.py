"""Skipping cached strips gives the same screen as painting all of them."""

import pyte
import pytest
from hypothesis import given, settings, strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from imr_tui.terminal.cell_buffer import CellBuffer, to_cells
from imr_tui.terminal.damage import Damage, StripCache
from imr_tui.terminal.sgr import Pen, pen_of

WIDTH, HEIGHT = 14, 3
GROUND = Style(bgcolor="#5f5f5f")
STYLES = [
    GROUND,
    Style(color="#5f5f5f", bgcolor="#5f5f5f", reverse=True),
    Style(),
    Style(bold=True, color="red"),
    Style(underline=True),
]
TEXTS = ["a", " ", " " * 6, "漢", "e\u0301", " " * 13, "bc"]
"""No mark without a letter: where it goes behind a wide character, terminals differ."""
PLACES = st.tuples(
    st.integers(0, WIDTH - 1),
    st.integers(0, HEIGHT - 1),
    st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES)), min_size=1, max_size=3),
)


def pen(style: Style | None) -> Pen:
    return pen_of(style, ColorSystem.TRUECOLOR)


def place_of(x: int, y: int, parts: list[tuple[str, Style]]) -> Damage:
    """Parts as a strip that ends with the line."""
    strip = Strip([Segment(text, style) for text, style in parts])
    return Damage(x, y, strip.crop(0, WIDTH - x))


def whole(place: Damage) -> str:
    """The bytes of an app that compares nothing."""
    drawn = (style.render(text) for text, style, _ in place.strip if style is not None)
    return f"\x1b[{place.y + 1};{place.x + 1}H{''.join(drawn)}"


class Terminals:
    """Two, of which one is sent what is new and the other everything."""

    def __init__(self, erases: bool) -> None:
        self._screens = [pyte.Screen(WIDTH, HEIGHT) for _ in range(2)]
        for screen in self._screens:
            screen.reset_mode(7, private=True)
        self._streams = [pyte.Stream(screen) for screen in self._screens]
        self._buffer, self._strips = CellBuffer(), StripCache()
        self._buffer.has_bce = erases
        self._buffer.resize(WIDTH, HEIGHT)
        self._strips.clear(HEIGHT)

    def paint(self, place: Damage) -> str:
        self._streams[1].feed(whole(place))
        new = self._strips.changed([place])
        sent = "".join(self._buffer.paint(x, y, to_cells(strip, pen)) for x, y, strip in new)
        self._streams[0].feed(sent)
        return sent

    def are_same(self) -> bool:
        ours, theirs = (screen.buffer for screen in self._screens)
        return all(ours[y][x] == theirs[y][x] for y in range(HEIGHT) for x in range(WIDTH))


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(PLACES, max_size=14), st.booleans(), st.data())
def test_what_is_new_leaves_what_everything_leaves(
    places: list[tuple[int, int, list[tuple[str, Style]]]], erases: bool, data: st.DataObject
) -> None:
    terminals = Terminals(erases)
    for y in range(HEIGHT):
        terminals.paint(Damage(0, y, Strip([Segment(" " * WIDTH, GROUND)])))
    painted = [place_of(*each) for each in places]
    for place in painted:
        terminals.paint(place)
        assert terminals.are_same()
        terminals.paint(data.draw(st.sampled_from(painted)))
        assert terminals.are_same()


def test_a_strip_that_stands_there_is_not_sent_again() -> None:
    terminals = Terminals(erases=True)
    left, right = place_of(0, 1, [("abc", Style())]), place_of(3, 1, [("def", Style())])
    assert terminals.paint(left)
    assert terminals.paint(right)
    assert terminals.paint(left) == ""
    assert terminals.paint(place_of(2, 1, [("XY", Style())]))
    assert terminals.paint(left)
    assert terminals.paint(right)
