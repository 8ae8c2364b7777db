"""Finding and replacing words in the texts of a case."""

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.focus import accepts_text
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, running, saved, screen_text, the_app, until, write

SUMMARY, DECISION, SECOND = Stage("summary"), Stage("decision", 0), Stage("decision", 1)


def prepared(folder: Folder) -> None:
    """A case with the same word in three texts."""
    case = on_disk(folder)
    case = edits.add_item(case, "Another service")
    case = edits.set_summary(case, "Naïve patient.\nThe patient rests. PATIENT")
    case = edits.set_rationale(case, 0, "A patient's needs.")
    put(folder, edits.set_rationale(case, 1, "No patience, patient."))


def selected(app: object) -> str:
    """The selected words of the text in view."""
    assert isinstance(app.screen, StageScreen)  # type: ignore[attr-defined]
    entry = app.screen.entry  # type: ignore[attr-defined]
    assert isinstance(entry, Prose)
    return entry.selected_text


async def test_each_key_moves_to_the_first_match_from_the_reviewers_place(
    folder: Folder, make_app: MakeApp
) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "slash")
        await write(pilot, "naive")
        assert selected(app) == "Naïve"
        await until(pilot, lambda: "1 of 1  summary" in screen_text(app))
        await press(pilot, "ctrl+u")
        await write(pilot, "PaTient")
        assert selected(app) == "patient"
        await until(pilot, lambda: "1 of 5  summary" in screen_text(app))
        await press(pilot, "enter", "down")
        assert selected(app) == "PATIENT"
        await until(pilot, lambda: "3 of 5  summary" in screen_text(app))
        await press(pilot, "up")
        await until(pilot, lambda: "2 of 5  summary" in screen_text(app))


async def test_a_match_on_another_stage_shows_that_stage_with_the_bar(
    folder: Folder, make_app: MakeApp
) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "ctrl+f", *"patience", "enter")
        assert isinstance(app.screen, StageScreen)
        assert app.screen.stage == SECOND
        await until(pilot, lambda: "1 of 1  item 2 rationale" in screen_text(app))
        await press(pilot, "escape")
        assert selected(app) == "patience"
        assert not app.screen.is_typing
        await press(pilot, "z", "z")
        await saved(pilot)
    assert on_disk(folder).items[1].rationale == "No patience, patient."


@pytest.mark.slow
async def test_keys_that_arrive_while_the_stage_changes_stay_in_the_field(
    folder: Folder, make_app: MakeApp
) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+f", *"a patient's")
        assert app.parts.search.words == "a patient's"
        await until(pilot, lambda: "1 of 1  item 1 rationale" in screen_text(app))
        await saved(pilot)
    assert on_disk(folder).summary.text == "Naïve patient.\nThe patient rests. PATIENT"
    assert on_disk(folder).items[0].rationale == "A patient's needs."


async def test_typing_goes_on_in_the_same_text_and_replaces_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+f", *"rests", "escape")
        assert accepts_text(app.screen.focused)
        await press(pilot, "!")
        await saved(pilot)
    assert "The patient rests!. PATIENT" in on_disk(folder).summary.text


@pytest.mark.slow
async def test_the_words_are_kept_and_n_repeats(folder: Folder, make_app: MakeApp) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "slash", *"patient", "escape", "n")
        await until(pilot, lambda: "patient: 2 of 5  summary" in screen_text(app))
        await press(pilot, "N")
        await until(pilot, lambda: "patient: 1 of 5  summary" in screen_text(app))
        await press(pilot, "ctrl+f", "enter")
        await until(pilot, lambda: "2 of 5  summary" in screen_text(app))
        await press(pilot, "escape", "f3", "f3")
        await until(pilot, lambda: "patient: 4 of 5  item 1 rationale" in screen_text(app))


@pytest.mark.slow
async def test_all_are_replaced_as_one_step(folder: Folder, make_app: MakeApp) -> None:
    prepared(folder)
    before = on_disk(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY)
        await press(pilot, "ctrl+f", *"patient", "ctrl+r", *"worker", "ctrl+g")
        await until(pilot, lambda: "Replaced 5 in 3 texts (^z undoes)" in screen_text(app))
        await saved(pilot)
        assert on_disk(folder).summary.text == "Naïve worker.\nThe worker rests. worker"
        assert on_disk(folder).items[0].rationale == "A worker's needs."
        assert on_disk(folder).items[1].rationale == "No patience, worker."
        await press(pilot, "escape", "ctrl+z")
        await until(pilot, lambda: "Undone: summary" in screen_text(app))
        await until(pilot, lambda: "and 2 more changes" in screen_text(app))
        await saved(pilot)
    after = on_disk(folder)
    assert (after.summary, after.items) == (before.summary, before.items)


@pytest.mark.slow
async def test_one_by_one_each_is_a_step(folder: Folder, make_app: MakeApp) -> None:
    prepared(folder)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "ctrl+f", *"patient", "ctrl+r", *"x", "enter")
        await until(pilot, lambda: "Replaced 1; 4 left (^z undoes)" in screen_text(app))
        await press(pilot, "down", "enter")
        await saved(pilot)
        assert on_disk(folder).summary.text == "Naïve x.\nThe patient rests. x"
        await press(pilot, "escape", "ctrl+z")
        await saved(pilot)
    assert on_disk(folder).summary.text == "Naïve x.\nThe patient rests. PATIENT"


async def test_a_case_that_cannot_be_changed_is_searched_and_says_why_not_more(
    folder: Folder, make_app: MakeApp
) -> None:
    prepared(folder)
    folder.path.chmod(0o500)
    try:
        async with running(make_app(FRESH)) as pilot:
            app = the_app(pilot)
            app.read_only = "READ ONLY: another session has this case"
            await go(pilot, SUMMARY, types=False)
            await press(pilot, "slash", *"rests")
            assert selected(app) == "rests"
            await press(pilot, "ctrl+r")
            await until(
                pilot, lambda: "READ ONLY: another session has this case" in screen_text(app)
            )
            assert not app.parts.search.replaces
    finally:
        folder.path.chmod(0o700)


@pytest.mark.slow
async def test_the_bar_is_complete_on_a_narrow_screen(folder: Folder, make_app: MakeApp) -> None:
    prepared(folder)
    async with running(make_app(FRESH), (60, 20)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "slash", *"needs", "ctrl+r", *"wants")
        await until(pilot, lambda: "1 of 1  item 1 rationale" in screen_text(app))
        lines = screen_text(app).split("\n")
        assert lines[-3].startswith(" Find         needs")
        assert lines[-2].startswith(" Replace with wants")
        assert "Enter Next" in lines[-1]
