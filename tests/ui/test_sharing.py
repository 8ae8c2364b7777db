"""A case that others reach, too: other sessions, other programs, and its own earlier versions."""

import errno
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.errors import CannotStore
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.session import claim_monitor
from imr_tui.session.events import FileChanged, SessionEvent
from imr_tui.store.cases import saver
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import ResumePoint
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.account_state import save_resume_point
from imr_tui.store.history.versions import Event
from imr_tui.store.locking import poller
from imr_tui.store.locking.claim import claim, holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.recovery.journal import Journal
from imr_tui.store.safety import atomic
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.paths import RescueScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen, RequestScreen, VersionsScreen
from imr_tui.ui.messages import CaseChosen
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, NOW, MakeApp, fill_disk, full_disk, on_disk, put
from tests.ui.driving import (
    go,
    leave,
    press,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    told,
    until,
    write,
)

JANE = Holder(who="drjane", host="ward-3", since=NOW)
SIZE = (120, 30)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)


@asynccontextmanager
async def summary(app: ImrApp, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The app at the summary of a case."""
    async with running(app, size) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("summary"))
        yield pilot


def at_end(pilot: Pilot[None]) -> None:
    """Put the cursor behind the last word."""
    prose = the_app(pilot).screen.query_one(Prose)
    prose.move_cursor(prose.document.end)


async def compare(pilot: Pilot[None]) -> None:
    """Wait until two texts are told of, and open the choice between them."""
    app = the_app(pilot)
    await until(pilot, lambda: [each.kind for each in app.notices] == ["choice"])
    assert not isinstance(app.screen, ChoiceScreen)
    await press(pilot, "f2")
    await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))


async def asked(pilot: Pilot[None]) -> None:
    """Wait until another session asks, and open its question."""
    app = the_app(pilot)
    await until(pilot, lambda: [each.kind for each in app.notices] == ["request"])
    assert not isinstance(app.screen, RequestScreen)
    await press(pilot, "f2")
    await until(pilot, lambda: isinstance(app.screen, RequestScreen))


def no_room(path: Path, data: bytes, keep: object) -> None:
    """What a full disk does to every save of a case."""
    raise CannotStore("no space left on device")


def no_journal(journal: Journal, data: bytes) -> None:
    """What a broken disk does to a journal."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def events(folder: Folder) -> list[Event]:
    return [version.event for version in folder.versions(FRESH).all()]


def elsewhere(folder: Folder, text: str = "theirs") -> Case:
    """Write the case as another program does."""
    case = edits.set_summary(on_disk(folder), text)
    put(folder, case)
    return case


# Two sessions


@pytest.mark.slow
async def test_the_second_session_reads_and_is_told_who_writes(
    folder: Folder, make_app: MakeApp
) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        assert "READ ONLY: drjane on ward-3 since" in screen_text(app)
        assert "drjane on ward-3" in told(pilot)
        await write(pilot, "abc")
        await press(pilot, "ctrl+z")
        assert on_disk(folder).summary.text == ""
    assert holder(folder.path, FRESH) == JANE
    held.release()


@pytest.mark.slow
async def test_the_key_that_takes_over_is_in_view(folder: Folder, make_app: MakeApp) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with running(make_app(FRESH), (80, 24)) as pilot:
        await until(pilot, lambda: the_app(pilot).held_by is not None)
        for stage in (Stage("summary"), Stage("citations", 0)):
            await go(pilot, stage)
            assert "F1 Help t Take over" in shown(pilot)
    held.release()


async def test_an_open_case_is_held_until_it_is_left(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        assert holder(folder.path, FRESH) is not None
        await leave(pilot)
        await until(pilot, lambda: the_app(pilot).case is None)
        assert holder(folder.path, FRESH) is None


@pytest.mark.slow
async def test_what_the_other_session_writes_is_shown(folder: Folder, make_app: MakeApp) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with summary(make_app(FRESH)) as pilot:
        elsewhere(folder, "Written on the ward.")
        await until(pilot, lambda: "Written on the ward." in screen_text(the_app(pilot)))
        assert the_app(pilot).read_only
    held.release()


@pytest.mark.slow
async def test_a_case_that_comes_free_is_taken_over(folder: Folder, make_app: MakeApp) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        case = elsewhere(folder, "The last words")
        held.release()
        await until(pilot, lambda: "The case is free now" in told(pilot))
        await press(pilot, "t")
        await until(pilot, lambda: not app.read_only)
        assert app.case == case
        await go(pilot, Stage("summary"))
        at_end(pilot)
        await write(pilot, " and more")
        await saved(pilot)
        assert on_disk(folder).summary.text == "The last words and more"
        assert Event.TAKEN_OVER in events(folder)


@pytest.mark.slow
async def test_who_has_the_case_is_asked_and_gives_it(folder: Folder, make_app: MakeApp) -> None:
    first, second = make_app(FRESH), make_app(FRESH)
    async with summary(first) as one:
        await write(one, "one")
        async with running(second, SIZE) as other:
            await until(other, lambda: second.case is not None)
            assert second.read_only
            await press(other, "t")
            await asked(one)
            assert "wants to edit this case" in shown(one)
            await press(one, "g")
            await until(other, lambda: not second.read_only)
            await until(one, lambda: [each.kind for each in first.notices] == ["given"])
            assert second.case == on_disk(folder)
            assert second.case.summary.text == "one"
            await go(other, Stage("summary"))
            at_end(other)
            await write(other, " two")
            await saved(other)
            await until(one, lambda: "one two" in screen_text(first))
            await write(one, "kept ")
            await saved(one)
            assert on_disk(folder).summary.text == "one two"
            assert first.parts.editing.session is not None
            copy = first.parts.editing.session.file.mine()
            assert copy is not None
            assert copy.summary.text == "onekept  two"


@pytest.mark.slow
async def test_who_has_the_case_may_keep_it(make_app: MakeApp) -> None:
    first, second = make_app(FRESH), make_app(FRESH)
    async with summary(first) as one, running(second, SIZE) as other:
        await until(other, lambda: second.case is not None)
        await press(other, "t")
        await asked(one)
        await press(one, "k")
        await until(other, lambda: "did not hand over the case" in told(other))
        assert second.read_only
        assert not first.read_only


@pytest.mark.slow
async def test_a_session_that_nobody_types_in_gives_its_case(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_app(FRESH), make_app(FRESH)
    async with summary(first) as one:
        await write(one, "typed before the line went dead")
        monkeypatch.setattr(claim_monitor, "IDLE_SECONDS", 0.0)
        async with running(second, SIZE) as other:
            await until(other, lambda: second.case is not None)
            await press(other, "t")
            await until(other, lambda: not second.read_only)
            assert second.case is not None
            assert second.case.summary.text == "typed before the line went dead"
            await until(one, lambda: [each.kind for each in first.notices] == ["given"])


async def test_a_case_that_is_not_on_the_disk_is_not_given(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    app = make_app(FRESH)
    async with summary(app) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(saver, "FLUSH_SECONDS", 0.1)
            fill_disk(broken)
            await write(pilot, "abc")
            assert app.parts.editing.claim_monitor is not None
            assert not app.parts.editing.claim_monitor.give(JANE)
        assert holder(folder.path, FRESH) is not None
        await saved(pilot)
        assert on_disk(folder).summary.text == "abc"


# Another program


async def test_both_texts_are_shown_and_mine_goes_on(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "mine")
        await saved(pilot)
        theirs = elsewhere(folder)
        await compare(pilot)
        await until(pilot, lambda: "- mine" in screen_text(app))
        assert "+ theirs" in screen_text(app)
        await press(pilot, "m")
        await until(pilot, lambda: on_disk(folder).summary.text == "mine")
        versions = folder.versions(FRESH).all()
        assert encode(theirs) in [version.path.read_bytes() for version in versions]
        await until(pilot, lambda: "Saved" in app.save_state)


@pytest.mark.slow
async def test_theirs_goes_on_and_undo_brings_mine_back(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "mine")
        await saved(pilot)
        elsewhere(folder)
        await compare(pilot)
        await press(pilot, "t")
        await until(pilot, lambda: "theirs" in screen_text(app))
        await press(pilot, "escape", "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).summary.text == "mine"


@pytest.mark.slow
async def test_nobody_chooses_and_nothing_is_lost(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await saved(pilot)
        elsewhere(folder)
        await until(pilot, lambda: bool(app.notices))
        assert app.parts.editing.session is not None
        assert app.parts.editing.session.file.mine() == app.case
        await compare(pilot)
        await press(pilot, "escape")
        await write(pilot, "mine")
        await until(pilot, lambda: "KEPT ASIDE" in app.save_state)
        await write(pilot, " too")
        await saved(pilot)
        assert on_disk(folder).summary.text == "theirs"
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
        app.post_message(CaseChosen(FRESH))
        await compare(pilot)
        await until(pilot, lambda: "- mine too" in screen_text(app))
        await press(pilot, "m")
        await until(pilot, lambda: on_disk(folder).summary.text == "mine too")


@pytest.mark.slow
async def test_a_file_that_became_no_case_can_only_be_overwritten(
    folder: Folder, make_app: MakeApp
) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "mine")
        await saved(pilot)
        folder.path_of(FRESH).write_bytes(b"half of a [")
        await compare(pilot)
        await until(pilot, lambda: "is not valid TOML" in shown(pilot))
        await press(pilot, "t", "m")
        await until(pilot, lambda: not isinstance(app.screen, ChoiceScreen))
        await until(pilot, lambda: on_disk(folder).summary.text == "mine")


async def test_a_letter_waits_until_it_is_chosen(folder: Folder, make_app: MakeApp) -> None:
    number = "CM14-0187654"
    app = make_app(number)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("review"))
        put(folder, edits.set_summary(folder.open(number).case, "theirs"))
        await compare(pilot)
        await press(pilot, "escape", "w")
        await compare(pilot)
        assert not (folder.path / f"{number}.txt").exists()


@pytest.mark.slow
async def test_a_second_case_has_a_choice_of_its_own(folder: Folder, make_app: MakeApp) -> None:
    other = "CM14-0187654"
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await saved(pilot)
        elsewhere(folder)
        await until(pilot, lambda: bool(app.notices))
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
        app.post_message(CaseChosen(other))
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("summary"))
        file = folder.open(other)
        put(folder, edits.set_summary(file.case, "theirs"))
        await write(pilot, "mine ")
        await compare(pilot)


async def test_a_case_that_cannot_be_opened_locks_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(), SIZE) as pilot:
        app = the_app(pilot)
        app.post_message(CaseChosen("CM26-9999999"))
        await until(pilot, lambda: "could not be read" in told(pilot))
        assert not app.read_only
        assert holder(folder.path, "CM26-9999999") is None


# Earlier versions


@pytest.mark.slow
async def test_versions_are_kept_and_one_is_restored(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "first")
        await press(pilot, "ctrl+n", "ctrl+p")
        await go(pilot, Stage("summary"))
        at_end(pilot)
        await write(pilot, " second")
        await press(pilot, "escape", "h")
        await until(pilot, lambda: isinstance(app.screen, VersionsScreen))
        await until(pilot, lambda: "+ second" in screen_text(app))
        assert "stage left" in screen_text(app)
        await press(pilot, "r")
        await until(pilot, lambda: not isinstance(app.screen, VersionsScreen))
        await saved(pilot)
        assert on_disk(folder).summary.text == "first"
        assert events(folder)[:2] == [Event.RESTORED, Event.RESTORING]
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).summary.text == "first second"


@pytest.mark.slow
async def test_points_that_mean_something(folder: Folder, make_app: MakeApp) -> None:
    number = "CM14-0187654"
    app = make_app(number)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("review"))
        await press(pilot, "w")
        await until(pilot, lambda: "Letter written" in app.letter_state)
        await saved(pilot)
    kept = [version.event for version in folder.versions(number).all()]
    assert kept == [Event.LETTER, Event.OPENED]


# A disk that takes nothing


@pytest.mark.slow
async def test_another_folder_takes_what_the_disk_does_not(
    folder: Folder, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "FLUSH_SECONDS", 0.1)
    other = tmp_path / "elsewhere"
    other.mkdir(mode=0o700)
    app = make_app(FRESH)
    async with summary(app) as pilot:
        monkeypatch.setattr(Journal, "write", full_disk)
        monkeypatch.setattr(atomic, "swap", no_room)
        monkeypatch.setattr(Journal, "write", no_journal)
        await write(pilot, "abc")
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: [each.kind for each in app.notices] == ["rescue"])
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, RescueScreen))
        assert "no space left on device" in shown(pilot).lower()
        await write(pilot, str(tmp_path / "none"))
        await press(pilot, "enter")
        await until(pilot, lambda: "There is no folder" in told(pilot))
        assert app.is_running
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, RescueScreen))
        await write(pilot, str(other))
        await press(pilot, "enter")
        await until(pilot, lambda: app.farewell != "")
    assert on_disk(Folder(other)).summary.text == "abc"
    assert str(other) in app.farewell


# Where one was


async def test_the_spot_is_kept_and_gone_back_to(folder: Folder, make_app: MakeApp) -> None:
    async with summary(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "one\ntwo\nthree")
        await press(pilot, "up", "left")
        await until(pilot, lambda: (account_folder(folder.path) / "spot.toml").exists())
        await until(
            pilot, lambda: "line = 1" in (account_folder(folder.path) / "spot.toml").read_text()
        )
    async with running(make_app(), SIZE) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: f"Enter continues at {FRESH} at" in shown(pilot))
        assert "summary, line 2" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: app.case is not None)
        await until(pilot, lambda: len(app.screen.query("#summary-text")) == 1)
        prose = app.screen.query_one(Prose)
        await until(pilot, lambda: prose.cursor_location == (1, 2))
        await press(pilot, "enter")
        assert prose.has_focus


async def test_a_spot_that_is_no_more_leads_to_the_first_open_field(
    folder: Folder, make_app: MakeApp
) -> None:
    resume_point = ResumePoint(
        number=FRESH, kind="decision", item=17, field="rationale", line=9, at=NOW
    )
    save_resume_point(folder, resume_point)
    async with running(make_app(), SIZE) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        await until(pilot, lambda: len(the_app(pilot).screen.query("#reviewer-licenses")) == 1)


async def test_a_case_in_two_files_is_only_read(folder: Folder, make_app: MakeApp) -> None:
    copy = folder.path / f"{FRESH} copy.toml"
    copy.write_bytes(folder.path_of(FRESH).read_bytes())
    before = folder.path_of(FRESH).read_bytes()
    async with summary(make_app(FRESH)) as pilot:
        assert "has the same case number" in the_app(pilot).read_only
        await write(pilot, "abc")
        await pilot.pause(0.1)
    assert folder.path_of(FRESH).read_bytes() == copy.read_bytes() == before


def test_a_reader_is_told_of_every_state_of_the_file(folder: Folder) -> None:
    """Also where the writer types on between its look at the file and the next one."""
    file, writer = folder.open(FRESH), folder.open(FRESH)
    told: list[SessionEvent] = []
    monitor = claim_monitor.ClaimMonitor(
        file, folder, None, told.append, lambda: True, lambda: None
    )
    monitor._poller.close()
    for at, text in enumerate(("one", "one two", "one two three"), 1):
        writer.save(edits.set_summary(writer.case, text))
        monitor._look_at_file()
        monitor._look_at_file()
        assert len([each for each in told if isinstance(each, FileChanged)]) == at
        assert file.reread().summary.text == text
    monitor.close()
