"""A long text in a field of one line moves seldom, and the caret is always in view."""

import itertools

import pytest
from textual.app import App, ComposeResult

from imr_tui.terminal.focus import caret_of
from imr_tui.ui.widgets.line_input import Line

WIDTH = 15
COLUMNS = 50
"""Of a text that does not fit."""


class Page(App[None]):
    """One field of WIDTH columns."""

    CSS = f"Line {{ width: {WIDTH}; }}"

    def compose(self) -> ComposeResult:
        yield Line(id="line")


def caret(line: Line) -> int:
    """The column of the field that the caret is in."""
    place = caret_of(line)
    return -1 if place is None else place.x - line.content_region.x


@pytest.mark.slow
@pytest.mark.parametrize("text", ["x" * COLUMNS, "漢" * (COLUMNS // 2)], ids=["narrow", "wide"])
async def test_a_long_line_jumps(text: str) -> None:
    async with Page().run_test() as pilot:
        line = pilot.app.query_one(Line)
        line.focus()
        await pilot.pause()
        places = []
        for char in text:
            await pilot.press(char)
            places.append(line.scroll_offset.x)
            assert 0 <= caret(line) < WIDTH
        for _ in text:
            await pilot.press("left")
            places.append(line.scroll_offset.x)
            assert 0 <= caret(line) < WIDTH
        assert line.value == text
        moves = [abs(after - before) for before, after in itertools.pairwise(places)]
        assert places[-1] == 0
        assert max(places) > COLUMNS / 2
        # There and back, for four columns or more at a time.
        assert sum(move > 0 for move in moves) <= 2 * COLUMNS / 4


async def test_a_line_that_fits_stays() -> None:
    async with Page().run_test() as pilot:
        line = pilot.app.query_one(Line)
        line.focus()
        await pilot.press(*"x" * (WIDTH - 1))
        await pilot.press("home", "end", "left")
        assert line.scroll_offset.x == 0
        assert line.max_scroll_x == 0
