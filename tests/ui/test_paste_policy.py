"""A paste goes into the focused text; outside of a text it is stored until it is inserted."""

import pytest
from textual import events

from imr_tui.domain.workflow import Stage
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.paste_policy import LARGE_PASTE
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.ui.conftest import FRESH, MakeApp, on_disk
from tests.ui.driving import go, opened, paste, press, rest, running, saved, the_app, told, until

ATTACK = "q\x11i\r[b] 1½ tablets\x1b[31m"


async def test_outside_of_a_text_nothing_of_it_is_a_key(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await paste(pilot, ATTACK)
        await until(pilot, lambda: "paste was not inserted" in told(pilot))
        assert isinstance(pilot.app.screen, WorklistScreen)
        assert pilot.app.is_running


async def test_it_can_be_inserted_afterwards_and_is_clean(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, Stage("decision", 0))
        assert not the_app(pilot).io.pastes.is_text_focused()
        await paste(pilot, ATTACK)
        await paste(pilot, " and the rest")
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+v")
        await saved(pilot)
        expected = "q<U+0011>i\n[b] 1½ tablets<U+001B>[31m and the rest"
        assert on_disk(folder).summary.text == expected


@pytest.mark.slow
async def test_a_large_one_is_told_and_undone_at_once(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, Stage("summary"))
        await paste(pilot, "a line\n" * (LARGE_PASTE // 7 + 1))
        await until(pilot, lambda: "Pasted 100,002 characters." in told(pilot))
        await saved(pilot)
        assert len(on_disk(folder).summary.text) > LARGE_PASTE
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).summary.text == ""


async def test_keys_that_were_not_taken_are_told_once(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        for _ in range(3):
            the_app(pilot).io.pastes.notify_ignored_key()
        await pilot.pause()
        assert told(pilot).count("was ignored. Press it again") == 1


async def test_it_goes_where_the_keys_before_it_have_led(folder: Folder, make_app: MakeApp) -> None:
    """It comes together with the key that leads to the text, as over a link that stalled."""
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("credentials"))
        assert not app.io.pastes.is_text_focused()
        app.post_message(events.Key("ctrl+n", None))
        app.post_message(events.Key("i", "i"))
        app.post_message(events.Paste("into the summary"))
        await rest(app)
        await saved(pilot)
        assert on_disk(folder).summary.text == "into the summary"
