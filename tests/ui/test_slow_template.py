"""A site's template that takes long holds up no key, no letter of a text and no end."""

import time
from pathlib import Path

import pytest
from textual import events

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import TEMPLATE
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.focus import is_text_area
from imr_tui.ui.app import ImrApp
from imr_tui.ui.stages.review import ReviewScreen
from imr_tui.ui.widgets.letter_view import LetterView
from tests.ui.conftest import NOW, SEED, on_disk
from tests.ui.driving import running, screen_text, shown, the_app, told, until

SLOW = "{% for a in summary %}{% for b in summary %}{% set x = 9 %}" + "{% set x = x + x %}" * 300
SLOW += "{% endfor %}{% endfor %}x"
SOON = 30.0
"""Seconds that a busy machine may take for a few keys; the template takes 100 seconds."""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates that no time limit stops."""
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 100.0)
    path = tmp_path / "own"
    path.mkdir()
    return path


def make(folder: Folder, own: Path, text: str) -> ImrApp:
    (own / TEMPLATE).write_text(text)
    return ImrApp(folder, Letterhead(templates=own), lambda: NOW, SEED)


async def test_keys_and_the_end_do_not_wait_for_the_preview(folder: Folder, own: Path) -> None:
    async with running(make(folder, own, SLOW)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await until(pilot, lambda: any("_draft" in worker.name for worker in app.workers))
        begun = time.monotonic()
        app.parts.navigation.show_stage(Stage("summary"))
        await until(pilot, lambda: len(app.screen.query("Prose")) == 1)
        app.post_message(events.Key("i", "i"))
        await until(pilot, lambda: is_text_area(app.focused))
        for char in "Typed":
            app.post_message(events.Key(char, char))
        await until(pilot, lambda: "Typed" in app.open_case.summary.text)
        app.post_message(events.Key("ctrl+q", None))
        await until(pilot, lambda: not app.is_running)
        assert time.monotonic() - begun < SOON
    assert time.monotonic() - begun < 2 * SOON
    assert "Typed" in on_disk(folder, SEED).summary.text


@pytest.mark.slow
async def test_keys_and_the_end_do_not_wait_for_the_letter(folder: Folder, own: Path) -> None:
    async with running(make(folder, own, "{{ summary }}")) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, lambda: "w writes the letter to" in screen_text(app))
        (own / TEMPLATE).write_text(SLOW)
        begun = time.monotonic()
        for key in ("w", "f1"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: not isinstance(app.screen, ReviewScreen))
        app.post_message(events.Key("ctrl+q", None))
        await until(pilot, lambda: not app.is_running)
        assert time.monotonic() - begun < 2 * SOON
    assert time.monotonic() - begun < 3 * SOON
    assert not (folder.path / f"{SEED}.txt").exists()


@pytest.mark.slow
async def test_a_letter_of_an_older_state_is_not_written(folder: Folder, own: Path) -> None:
    async with running(make(folder, own, "{{ summary }}")) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, lambda: "w writes the letter to" in screen_text(app))
        (own / TEMPLATE).write_text(SLOW.replace("in summary", "in summary[:30]"))
        app.post_message(events.Key("w", "w"))
        await until(pilot, lambda: any("_write_letter" in worker.name for worker in app.workers))
        app.post_message(events.Key("ctrl+z", None))
        app.case = on_disk(folder)
        await until(pilot, lambda: "No letter was written" in told(pilot))
    assert not (folder.path / f"{SEED}.txt").exists()


@pytest.mark.slow
async def test_what_takes_too_long_is_told_on_the_review(
    folder: Folder, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 1.5)
    async with running(make(folder, own, SLOW)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, lambda: "it takes longer than 1.5 seconds" in shown(pilot))
        assert "The letter cannot be made:" in shown(pilot)
        assert f"{own / TEMPLATE}, line 1" in app.screen.query_one(LetterView).letter
        assert not app.screen.active_bindings["w"].enabled
