"""The modes of a stage, and the answers to keys in the last line."""

import pytest

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from imr_tui.ui.stages.stage_keys import LEAVING
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk
from tests.ui.driving import (
    go,
    leave,
    opened,
    press,
    rest,
    running,
    saved,
    screen_text,
    the_app,
    until,
    write,
)


def last_line(app: object) -> str:
    """What the line of the keys says."""
    return screen_text(app).split("\n")[-1].strip()


async def test_a_hint_stands_in_the_last_line_until_the_next_key(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.hint("Undone: summary, 3 words (^y redoes)")
        await until(pilot, lambda: last_line(app) == "Undone: summary, 3 words (^y redoes)")
        await press(pilot, "down")
        assert "F1 Help" in last_line(app)


async def test_a_locked_screen_shows_no_hint(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.hint("Something of a case")
        await press(pilot, "f8")
        await until(pilot, lambda: app.is_locked)
        app.hint("Something of a case")
        assert app.hint_shown == ""
        assert "Something" not in screen_text(app)


@pytest.mark.parametrize(
    ("number", "has_profile"),
    [
        (SEED, False),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in ((SEED, True), (FRESH, True), (FRESH, False))
        ),
    ],
)
async def test_every_stage_opens_outside_its_texts(
    folder: Folder, make_app: MakeApp, number: str, has_profile: bool
) -> None:
    if not has_profile:
        save_profile(folder, Profile())
    before = on_disk(folder, number)
    async with running(make_app(number)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        for stage in workflow.walk(before):
            await go(pilot, stage, types=False)
            assert last_line(app).startswith("KEYS"), stage
            # No command of any stage, so they would go nowhere but into a text.
            await press(pilot, *"bgqyz79")
            assert not app.screen.query("Dialog")
        await saved(pilot)
    after = on_disk(folder, number)
    assert after.summary == before.summary
    assert [item.rationale for item in after.items] == [item.rationale for item in before.items]


@pytest.mark.parametrize("key", ["i", "enter"])
async def test_one_key_enters_the_text_and_esc_leaves_it(
    folder: Folder, make_app: MakeApp, key: str
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = await opened(pilot, Stage("decision", 0), types=False)
        assert "i Type" in last_line(app)
        await press(pilot, key)
        assert last_line(app).startswith("TYPING")
        assert "Type" not in last_line(app)
        await press(pilot, "ctrl+home", *"ab", "ctrl+end", *"yz", "escape", "u")
        assert last_line(app).startswith("KEYS")
        await saved(pilot)
    rationale = on_disk(folder, SEED).items[0].rationale
    assert rationale.startswith("ab")
    assert rationale.endswith("yz")


async def test_a_case_reopened_at_a_text_begins_outside_of_it(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "one\ntwo")
        await press(pilot, "up")
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
        await press(pilot, "enter")
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("summary"), types=False)
        assert last_line(app).startswith("KEYS")
        await press(pilot, "enter")
        await write(pilot, "x")
        await saved(pilot)
    assert "x" in on_disk(folder).summary.text


async def test_the_mode_survives_a_screen_that_is_rebuilt_while_one_types(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "ab")
        app.parts.navigation.show_again()
        await rest(app)
        assert last_line(app).startswith("TYPING")
        await write(pilot, "c")
        await saved(pilot)
    assert on_disk(folder).summary.text == "abc"


async def test_an_unavailable_key_is_dimmed_and_says_why(make_app: MakeApp) -> None:
    async with running(make_app(FRESH), (120, 40)) as pilot:
        app = await opened(pilot, Stage("citations", 0))
        assert not app.screen.active_bindings["x"].enabled
        await press(pilot, "x")
        assert last_line(app) == "Both sides must cite a source before you can weigh the evidence."
        await press(pilot, "e")
        assert last_line(app) == "This list is empty. Add a citation with a."


async def test_one_esc_too_many_does_not_leave_the_case(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await press(pilot, "escape", "escape")
        assert last_line(app) == LEAVING
        await press(pilot, "down", "escape")
        assert app.case is not None
        await press(pilot, "escape")
        await until(pilot, lambda: app.case is None)


async def test_letters_typed_in_go_to_find_a_stage(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await press(pilot, "ctrl+g", *"rev", "enter")
        await until(pilot, lambda: getattr(app.screen, "stage", None) == Stage("review"))
        await press(pilot, "ctrl+g", *"dec 2", "enter")
        await until(pilot, lambda: getattr(app.screen, "stage", None) == Stage("decision", 1))


async def test_a_long_hint_is_cut_after_a_word(make_app: MakeApp) -> None:
    async with running(make_app(FRESH), (60, 20)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.hint("word " * 20)
        await until(pilot, lambda: last_line(app) == "word " * 10 + "word...")
