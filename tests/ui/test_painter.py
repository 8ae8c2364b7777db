"""The painter is exact, and falls back to the stock method; see test_textual_contract."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from imr_tui.terminal.damage import damage_of
from tests.soak.frames import Screen, step, wandering
from tests.ui.driving import press, until


@pytest.mark.slow
async def test_frames_are_sent_sparingly_and_are_exact(tmp_path: Path) -> None:
    async with wandering(tmp_path, (80, 24)) as (app, pilot):
        chance = random.Random(8)
        for _ in range(25):
            await step(pilot, chance)
        assert app.frames > 10
        assert app.faults == []
        assert app.io.painter.is_differential


async def test_an_update_that_nobody_knows_is_sent_the_stock_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(_: object) -> Any:
        raise AttributeError("chops")

    async with wandering(tmp_path, (80, 24)) as (app, pilot):
        await press(pilot, *"abc")
        frames = app.frames
        monkeypatch.setattr("imr_tui.terminal.painter.damage_of", renamed)
        await press(pilot, *"defghi")
        await until(pilot, lambda: app.frames > frames)
        await app.look(pilot)
        assert app.faults == []
        assert not app.io.painter.is_differential
        assert app.is_running


async def test_after_garbage_the_next_frame_is_whole(tmp_path: Path) -> None:
    async with wandering(tmp_path, (80, 24)) as (app, pilot):
        await press(pilot, *"abc")
        app.smear("\x1b[5;3Hgarbage over a line of the screen\x1b[1;31m")
        await app.look(pilot)
        assert app.faults, "the garbage is seen"
        app.faults.clear()
        await press(pilot, "ctrl+l")
        await pilot.pause()
        await app.look(pilot)
        assert app.faults == []


SEGMENTS = st.lists(
    st.tuples(st.sampled_from(["a", "bcd", "漢", "x" * 9]), st.sampled_from(["red", "blue"])),
    min_size=1,
    max_size=6,
)


@given(st.integers(0, 5), SEGMENTS, st.integers(0, 20), st.integers(1, 20))
def test_the_parts_of_a_strip_are_those_that_the_stock_app_sends(
    x: int, parts: list[tuple[str, str]], first: int, width: int
) -> None:
    strip = Strip([Segment(text, Style(color=colour)) for text, colour in parts])
    end = x + strip.cell_length
    span = (1, first, first + width)
    update = ChopsUpdate([{}, {x: strip}], [span], [[], [end]])
    ours, theirs = Screen(60, 3), Screen(60, 3)
    console = Console(color_system="truecolor")
    theirs.feed(update.render_segments(console))
    for place in damage_of(update) or ():
        ours.feed(f"\x1b[{place.y + 1};{place.x + 1}H")
        ours.feed("".join(style.render(text) for text, style, _ in place.strip if style))
    assert ours.lines() == theirs.lines()
