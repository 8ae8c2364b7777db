"""The title tells the truth about the disk, and nothing that was typed goes missing."""

import asyncio
import threading
import time

import pytest
from textual import events

from imr_tui.domain.workflow import Stage
from imr_tui.store.cases import saver
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs.paths import RescueScreen
from imr_tui.ui.features import last_words
from imr_tui.ui.features.saving import OVERDUE_SECONDS
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.ui.conftest import FRESH, SEED, MakeApp, fill_disk, on_disk
from tests.ui.driving import (
    go,
    leave,
    opened,
    press,
    running,
    saved,
    screen_text,
    the_app,
    until,
    write,
)


async def test_the_title_says_when_it_was_saved(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, Stage("summary"))
        await write(pilot, "a")
        await until(pilot, lambda: "Saved 14:02:07" in screen_text(pilot.app))
    assert on_disk(folder).summary.text == "a"


async def test_what_is_on_the_disk_is_never_said_to_be_on_its_way(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "a")
        await until(pilot, lambda: "Saved 14:02:07" in screen_text(app))
        assert app.parts.editing.session is not None
        done = threading.Event()
        # As where a version is kept on a disk that is busy.
        app.parts.editing.session.then(lambda: done.wait(10))
        await pilot.pause(1.5 * OVERDUE_SECONDS)
        assert "Saved 14:02:07" in screen_text(app)
        await write(pilot, "b")
        await until(pilot, lambda: "Saving..." in screen_text(app))
        done.set()
        await until(pilot, lambda: "Saved 14:02:07" in screen_text(app))


async def test_an_ending_waits_for_keys_that_are_on_their_way(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_words, "ARRIVE_SECONDS", 10)
    held: list[str] = []
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await saved(pilot)

        def end() -> None:
            app.last_words.last_words(10)
            held.append(on_disk(folder).summary.text)

        ending = threading.Thread(target=end)
        app.post_message(events.Key("a", "a"))
        ending.start()
        # The app is busy while it begins.
        time.sleep(0.2)  # noqa: ASYNC251
        await asyncio.to_thread(ending.join)
    assert held == ["a"]


async def test_a_full_disk_is_told_kept_in_view_and_overcome(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    async with running(make_app(FRESH), (120, 24)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await saved(pilot)
        with monkeypatch.context() as broken:
            fill_disk(broken)
            await write(pilot, "abc")
            await until(pilot, lambda: "NOT SAVED" in screen_text(app))
            assert "no space left on device" in app.save_state
            assert on_disk(folder).summary.text == ""
        await until(pilot, lambda: "Saved 14:02:07" in screen_text(app))
        assert "NOT SAVED" not in screen_text(app)
    assert on_disk(folder).summary.text == "abc"


@pytest.mark.slow
async def test_quitting_and_leaving_wait_for_a_disk_that_does_not_take_the_text(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    async with running(make_app(FRESH), (120, 24)) as pilot:
        app = await opened(pilot, Stage("summary"))
        with monkeypatch.context() as broken:
            broken.setattr(saver, "FLUSH_SECONDS", 0.1)
            fill_disk(broken)
            await write(pilot, "abc")
            await press(pilot, "ctrl+q")
            await until(pilot, lambda: [each.kind for each in app.notices] == ["rescue"])
            await press(pilot, "f2")
            await until(pilot, lambda: isinstance(app.screen, RescueScreen))
            assert "The last changes are not saved" in screen_text(app)
            await press(pilot, "escape", "escape", "escape")
            await pilot.pause(0.2)
            assert isinstance(app.screen, StageScreen)
            assert app.is_running
        await until(pilot, lambda: on_disk(folder).summary.text == "abc")
        await leave(pilot)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))


@pytest.mark.slow
async def test_a_folder_that_cannot_be_written_opens_to_be_read(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch)
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    async with running(make_app(FRESH), (120, 24)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        assert "READ ONLY" in screen_text(app)
        for stage in (Stage("credentials"), Stage("summary"), Stage("decision", 0)):
            await go(pilot, stage)
            await press(pilot, "1", "u", "a", "b")
        await press(pilot, "ctrl+r")
        await press(pilot, "d", "escape")
        await leave(pilot)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        assert "you cannot write" in screen_text(app)
    assert (folder.path / f"{FRESH}.toml").read_bytes() == before


async def test_a_broken_file_hides_no_other_and_says_why(folder: Folder, make_app: MakeApp) -> None:
    (folder.path / "CM26-0000001.toml").write_text("schema = 1\n[case]\nnumbr = 'x'\n")
    async with running(make_app(), (120, 24)) as pilot:
        app = the_app(pilot)
        shown = screen_text(app)
        assert SEED in shown
        assert FRESH in shown
        assert "BROKEN" in shown
        await press(pilot, "down", "down")
        await until(pilot, lambda: "did you mean 'number'" in screen_text(app))
        await press(pilot, "enter")
        await pilot.pause()
        assert app.case is None
    assert (folder.path / "CM26-0000001.toml").read_text().startswith("schema = 1\n[case]\nnumbr")


async def test_the_filter_finds_words_of_items_and_takes_brackets(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "slash")
        await write(pilot, "rotator")
        await until(pilot, lambda: SEED not in screen_text(app))
        assert FRESH in screen_text(app)
        await write(pilot, " [/b]")
        await until(pilot, lambda: "No case matches" in screen_text(app))
        await press(pilot, "escape")
        await until(pilot, lambda: SEED in screen_text(app))


async def test_a_text_edited_by_hand_is_kept_once_as_it_was(
    folder: Folder, make_app: MakeApp
) -> None:
    path = folder.path / f"{FRESH}.toml"
    by_hand = b"# mine\n" + path.read_bytes()
    path.write_bytes(by_hand)
    async with running(make_app(FRESH)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, Stage("summary"))
        await write(pilot, "ab")
        await saved(pilot)
    (kept,) = folder.own("originals").iterdir()
    assert kept.read_bytes() == by_hand
    assert on_disk(folder).summary.text == "ab"


async def test_a_folder_that_goes_away_is_told_and_ends_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH), (120, 24)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await saved(pilot)
        folder.path.rename(folder.path.with_name("elsewhere"))
        await leave(pilot)
        await until(pilot, lambda: "There is no folder" in " ".join(screen_text(app).split()))
        folder.path.with_name("elsewhere").rename(folder.path)
