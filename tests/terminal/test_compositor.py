"""The compositor renders what the stock one does, and asks for fewer lines."""

import random
from collections.abc import Callable

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer, Header, Input, Label, Static, TextArea

from imr_tui.terminal.compositor import LineCompositor
from imr_tui.terminal.options import TerminalOptions
from imr_tui.terminal.support import TerminalSupport

SIZE = (60, 20)


class Question(ModalScreen[None]):
    """A box through which the screen below shows."""

    CSS = "Question { align: center middle; } #box { width: 30; height: 7; border: thick white; }"

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Label("A question")
            yield Input()


class Layers(TerminalSupport, App[None]):
    """Widgets side by side, over one another, scrolled and cut off."""

    CSS = """
    Screen { layers: below above; }
    #float { layer: above; width: 20; height: 5; offset: 15 6; background: red 50%; border: solid; }
    #list { height: 6; } #area { height: 1fr; }
    #wide { height: 3; overflow-x: auto; } #wide Static { width: 150; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.connect(TerminalOptions())

    def compose(self) -> ComposeResult:
        yield Header()
        with VerticalScroll(id="list"):
            for number in range(12):
                yield Static(f"row {number} 漢字 " * 3)
        with VerticalScroll(id="wide"):
            yield Static("".join(map(chr, range(0x21, 0x7E))) + "漢字" * 20)
        yield TextArea("word " * 60, id="area")
        yield Static("in front", id="float")
        yield Footer()


def rendered(compositor: Compositor, how: Callable[..., object], lines: set[int]) -> list[object]:
    """What is put into these lines."""
    box = Region(0, min(lines), SIZE[0], max(lines) - min(lines) + 1)
    chops = how(compositor, box, lines.__contains__)
    return [dict(chops[y]) for y in sorted(lines)]  # type: ignore[index]


@pytest.mark.parametrize("is_asked", [False, True])
async def test_every_line_is_that_of_the_stock_compositor(is_asked: bool) -> None:
    async with Layers().run_test(size=SIZE) as pilot:
        pilot.app.query_one("#list").scroll_to(y=3, animate=False)
        pilot.app.query_one("#wide").scroll_to(x=31, animate=False)
        if is_asked:
            pilot.app.push_screen(Question())
        await pilot.pause()
        ours = pilot.app.screen._compositor
        assert isinstance(ours, LineCompositor)
        pick = random.Random(1)
        everything = set(range(SIZE[1]))
        for lines in [everything, *(set(pick.sample(range(SIZE[1]), 4)) for _ in range(30))]:
            expected = rendered(ours, Compositor._render_chops, lines)
            assert rendered(ours, LineCompositor._render_chops, lines) == expected


@pytest.mark.parametrize(("kind", "expected"), [(TextArea, [(2, 1)]), (Screen, [])])
async def test_lines_that_are_not_seen_are_not_asked_for(
    kind: type[Widget], expected: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those that are not painted, and not those that another widget covers."""
    async with Layers().run_test(size=SIZE) as pilot:
        await pilot.pause()
        asked: list[tuple[int, int]] = []
        whole = kind.render_lines

        def watched(self: Widget, crop: Region) -> list[Strip]:
            asked.append((crop.y, crop.height))
            return whole(self, crop)

        monkeypatch.setattr(kind, "render_lines", watched)
        y = pilot.app.query_one(TextArea).region.y + 2
        rendered(pilot.app.screen._compositor, LineCompositor._render_chops, {0, y})
        assert asked == expected
