"""A key redraws only the lines that it changed, and the window scrolls rarely."""

import itertools
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets.text_area import Selection

from imr_tui.terminal.focus import SCROLL_DIVISOR
from imr_tui.terminal.text_area import PartialTextArea

HEIGHT = 12


class Page(App[None]):
    """A text of 40 columns and HEIGHT lines."""

    CSS = f"PartialTextArea {{ width: 40; height: {HEIGHT}; border: none; padding: 0; }}"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield PartialTextArea(self._text)


class Watched:
    """The text, and the lines of the window that were drawn since the last look."""

    def __init__(self, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
        self.pilot = pilot
        self.area = pilot.app.query_one(PartialTextArea)
        self.drawn: set[int] = set()
        monkeypatch.setattr(self.area, "refresh", self._all)
        monkeypatch.setattr(self.area, "refresh_lines", self._lines)

    def _all(self, *regions: object, repaint: bool = True, **_: object) -> PartialTextArea:
        self.drawn |= set(range(HEIGHT)) if repaint else set()
        return self.area

    def _lines(self, top: int, count: int = 1) -> None:
        self.drawn |= {line - self.area.scroll_offset.y for line in range(top, top + count)}

    async def press(self, *keys: str) -> set[int]:
        """The lines that keys have drawn."""
        self.drawn = set()
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self.drawn

    @property
    def caret(self) -> int:
        """The line of the window that the caret is in."""
        return int(self.area.cursor_screen_offset.y - self.area.content_region.y)


@asynccontextmanager
async def page(text: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    async with Page(text).run_test(size=(60, 20)) as pilot:
        pilot.app.query_one(PartialTextArea).focus()
        await pilot.pause()
        with monkeypatch.context() as patch:
            yield Watched(pilot, patch)


async def test_a_key_draws_the_rows_that_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("first\nsecond\nthird\n" + "word " * 20, monkeypatch) as watched:
        assert await watched.press("x") == {0}
        assert await watched.press("end", "backspace") == {0}
        # The last paragraph has three rows: only the last of them changes.
        watched.area.move_cursor(watched.area.document.end)
        assert await watched.press("y") == {5}
        watched.area.move_cursor((3, 0))
        assert await watched.press("y") <= {3, 4, 5}


async def test_a_caret_that_moves_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("first\nsecond\nthird", monkeypatch) as watched:
        assert await watched.press("down", "end", "left", "right") == set()


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, 20))]
)
async def test_every_row_that_an_edit_changes_is_drawn(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick = random.Random(seed)
    texts = ("x", " ", "word ", "\n", "", "a longer run of words\nand another line ", "漢字")
    async with page("word " * 20 + "\nsecond\n\n" + "longer words " * 9, monkeypatch) as watched:
        area = watched.area
        for _ in range(40):
            ends = [_somewhere(area, pick)] * 2 if pick.random() < 0.5 else _two(area, pick)
            before = _rows(area)
            watched.drawn = set()
            area.replace(pick.choice(texts), *ends)
            rows = _rows(area)
            changed = {
                y for y, pair in enumerate(zip(before, rows, strict=True)) if len(set(pair)) > 1
            }
            assert changed <= watched.drawn


def _somewhere(area: PartialTextArea, pick: random.Random) -> tuple[int, int]:
    line = pick.randrange(area.document.line_count)
    return line, pick.randint(0, len(area.document.get_line(line)))


def _two(area: PartialTextArea, pick: random.Random) -> list[tuple[int, int]]:
    return [_somewhere(area, pick), _somewhere(area, pick)]


def _rows(area: PartialTextArea) -> list[str]:
    """What each row of the window holds, drawn again."""
    area._line_cache.clear()
    return [area.render_line(y).text for y in range(HEIGHT)]


async def test_a_line_more_or_less_draws_those_below(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("first\nsecond\nthird", monkeypatch) as watched:
        watched.area.move_cursor((1, 0))
        assert await watched.press("enter") >= {1, 2, 3}
        assert await watched.press("backspace") >= {1, 2, 3, 4}


async def test_what_is_selected_and_what_was_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("\n".join(["line"] * 8), monkeypatch) as watched:
        watched.area.move_cursor((2, 0))
        assert await watched.press("shift+down", "shift+down") == {2, 3, 4}
        assert await watched.press("left") >= {2, 3, 4}
        watched.drawn = set()
        watched.area.selection = Selection((6, 0), (5, 1))
        assert watched.drawn >= {5, 6}


async def test_undo_draws_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("first\nsecond", monkeypatch) as watched:
        await watched.press("x")
        assert await watched.press("ctrl+z") == set(range(HEIGHT))
        assert await watched.press("ctrl+y") == set(range(HEIGHT))


@pytest.mark.slow
async def test_writing_on_moves_the_window_once_for_some_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with page("", monkeypatch) as watched:
        tops = []
        for _ in range(3 * HEIGHT):
            await watched.press("enter")
            tops.append(watched.area.scroll_offset.y)
            assert 0 <= watched.caret < HEIGHT
        moves = [after - before for before, after in itertools.pairwise(tops)]
        assert min(set(moves) - {0}) >= HEIGHT // SCROLL_DIVISOR


@pytest.mark.slow
async def test_going_up_moves_the_window_once_for_some_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with page("\n".join(["line"] * 40), monkeypatch) as watched:
        watched.area.move_cursor((39, 0))
        await watched.pilot.pause()
        tops = []
        for _ in range(39):
            await watched.press("up")
            tops.append(watched.area.scroll_offset.y)
            assert 0 <= watched.caret < HEIGHT
        assert tops[-1] == 0
        assert len(set(tops)) <= 40 // (HEIGHT // SCROLL_DIVISOR)


async def test_a_text_that_fits_has_nowhere_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    async with page("\n".join(["line"] * HEIGHT), monkeypatch) as watched:
        watched.area.move_cursor((HEIGHT - 1, 4))
        await watched.press("down", "pagedown")
        assert watched.area.max_scroll_y == 0
        assert not watched.area.show_vertical_scrollbar
