"""Driving the app: keys as people name them, and the words on the screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Place, Stage
from imr_tui.terminal.input_queue import _drain
from imr_tui.text.layout import one_line
from imr_tui.ui.app import ImrApp
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.stages.stage_keys import LEAVING
from imr_tui.ui.widgets.field import widget_id

TURNS = 400


@asynccontextmanager
async def running(app: ImrApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app, running, with what it would notify."""
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield pilot
    finally:
        # As the process does that ends after it.
        app.last_words.last_words(1.0)
        app.parts.spelling.close()
        app.parts.editing.let_go()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until each has had its effect.

    The app itself knows when that is, which is many times faster than a pilot's own waiting.
    """
    app = the_app(pilot)
    for key in keys:
        name, char = (key, key_to_character(key)) if len(key) > 1 else (_character_to_key(key), key)
        app.post_message(events.Key(name, char))
    await rest(app)
    await pilot.pause()


async def rest(app: ImrApp) -> None:
    """Wait until nothing is under way in the app."""
    await _drain(app)
    while app.is_running and (app.io.queue.waiting or app.io.queue.is_settling):  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    if app.is_running:
        await app.io.queue.wait_until_idle()
    while app.is_running and any(not worker.is_finished for worker in app.workers):  # noqa: ASYNC110
        await asyncio.sleep(0.001)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type `text`, one key a character."""
    await press(pilot, *("enter" if char == "\n" else char for char in text))


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste `text` as the terminal does."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail if it does not come about."""
    for _ in range(TURNS):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("the condition did not come about:\n" + screen_text(pilot.app))


async def go(
    pilot: Pilot[None], stage: Stage, at: Place | None = None, *, types: bool = True
) -> None:
    """Be at a stage; in its text, if that is its first open field, unless `types` is false."""
    app = the_app(pilot)
    before = app.screen
    app.parts.navigation.show_stage(stage, at)
    await until(
        pilot, lambda: app.screen is not before and getattr(app.screen, "stage", None) == stage
    )
    await rest(app)
    await pilot.pause()
    assert isinstance(app.screen, StageScreen)
    if types and _begins_in_text(app.screen, at):
        await press(pilot, "i")


async def opened(
    pilot: Pilot[None], stage: Stage, at: Place | None = None, *, types: bool = True
) -> ImrApp:
    """The app, at a stage of the case that it opens at its start; see `go`."""
    app = the_app(pilot)
    await until(pilot, lambda: app.case is not None)
    await go(pilot, stage, at, types=types)
    return app


def _begins_in_text(screen: StageScreen, at: Place | None) -> bool:
    """Whether the field to start at is a text."""
    missing = workflow.missing(screen.app.open_case, screen.stage)
    place = at or (missing[0] if missing else None)
    name = widget_id(place) if place else screen.first()
    return any(each.id == name for each in screen.query("Prose, Line"))


async def leave(pilot: Pilot[None]) -> None:
    """Leave the case for the worklist: the text first, if need be, then the case."""
    app = the_app(pilot)
    while isinstance(app.screen, StageScreen) and app.hint_shown != LEAVING:
        await press(pilot, "escape")
    await press(pilot, "escape")


async def saved(pilot: Pilot[None]) -> None:
    """Wait until the disk holds all that was edited."""
    await pilot.pause()
    assert await the_app(pilot).parts.saving.saved()


def the_app(pilot: Pilot[None]) -> ImrApp:
    """The app that a pilot flies."""
    assert isinstance(pilot.app, ImrApp)
    return pilot.app


def screen_text(app: object) -> str:
    """What the screen shows, line by line."""
    assert isinstance(app, ImrApp)
    lines = (strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    return "\n".join(lines)


def shown(pilot: Pilot[None]) -> str:
    """The words in view, wraps undone, without frames; of a dialog without what is beside it."""
    lines = screen_text(pilot.app).split("\n")
    for panel in pilot.app.screen.query(".panel"):
        left, right = panel.region.x, panel.region.right
        lines = [line[left:right] for line in lines[panel.region.y : panel.region.bottom]]
    return one_line("\n".join(line.strip(" │") for line in lines))


def told(pilot: Pilot[None]) -> str:
    """What the app has notified and not yet taken away."""
    return "\n".join(notification.message for notification in pilot.app._notifications)
