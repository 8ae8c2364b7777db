"""Undo and redo say what they did and show it, also after a case was left."""

import pytest
from textual.pilot import Pilot

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.messages import CaseChosen
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, running, saved, screen_text, the_app, until, write

SUMMARY, DECISION = Stage("summary"), Stage("decision", 0)


@pytest.mark.slow
async def test_undo_on_another_stage_shows_the_text_and_says_how_much(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, edits.set_summary(on_disk(folder), "Before "))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+end", *"three more words")
        await go(pilot, Stage("review"), types=False)
        await press(pilot, "ctrl+z")
        said = "Undone: summary, 3 words (^y redoes)"
        await until(pilot, lambda: said in screen_text(app))
        assert isinstance(app.screen, StageScreen)
        assert app.screen.stage == SUMMARY
        assert not app.screen.is_typing
        await saved(pilot)
        assert on_disk(folder).summary.text == "Before "
        await go(pilot, DECISION, types=False)
        await press(pilot, "ctrl+y")
        said = "Redone: summary, 3 words (^z undoes)"
        await until(pilot, lambda: said in screen_text(app))
        await saved(pilot)
    assert on_disk(folder).summary.text == "Before three more words"


async def test_undo_in_a_text_says_what_it_removed(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, Place("rationale", 0))
        await press(pilot, *"Words")
        await press(pilot, "ctrl+z")
        said = "Undone: item 1 rationale, 1 word (^y redoes)"
        await until(pilot, lambda: said in screen_text(app))
        await press(pilot, "ctrl+y")
        said = "Redone: item 1 rationale, 1 word (^z undoes)"
        await until(pilot, lambda: said in screen_text(app))
        assert isinstance(app.screen, StageScreen)
        assert app.screen.is_typing


async def test_nothing_to_undo_is_said(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "There is nothing to undo." in screen_text(app))
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "There is nothing to redo." in screen_text(app))


async def leave_and_return(pilot: Pilot[None], folder: Folder, elsewhere: bool = False) -> None:
    """Leave the case for the worklist and open it again."""
    app = the_app(pilot)
    await press(pilot, "escape", "escape", "escape")
    await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
    if elsewhere:
        put(folder, edits.set_party(on_disk(folder), "employer", "Elsewhere"))
    app.parts.lifecycle._open(CaseChosen(FRESH))
    await until(pilot, lambda: app.case is not None)


async def typed_before(pilot: Pilot[None]) -> ImrApp:
    """The app, with a case opened from the worklist, and something typed into its summary."""
    app = the_app(pilot)
    app.parts.lifecycle._open(CaseChosen(FRESH))
    await until(pilot, lambda: app.case is not None)
    await go(pilot, SUMMARY)
    await write(pilot, "Typed before.")
    return app


@pytest.mark.slow
async def test_a_case_that_was_left_keeps_its_undo_history(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = await typed_before(pilot)
        await leave_and_return(pilot, folder)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+z")
        said = "Undone: summary, 2 words (^y redoes)"
        await until(pilot, lambda: said in screen_text(app))
        await saved(pilot)
        assert on_disk(folder).summary.text == ""
        await press(pilot, "ctrl+y")
        await saved(pilot)
    assert on_disk(folder).summary.text == "Typed before."


async def test_a_case_that_changed_elsewhere_begins_a_new_undo_history(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = await typed_before(pilot)
        await leave_and_return(pilot, folder, elsewhere=True)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "There is nothing to undo." in screen_text(app))
        await saved(pilot)
    assert on_disk(folder).parties.employer == "Elsewhere"
    assert on_disk(folder).summary.text == "Typed before."
