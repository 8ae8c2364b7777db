"""The open case and the shared store: the first line, opening, the waits, and the end."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from threading import Event as Gate

import pytest
from textual import events
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits
from imr_tui.session import shared_cases
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.locking import poller
from imr_tui.store.locking.holder import Holder
from imr_tui.store.shared.replication import case_lease
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.store.shared.replication.replication_thread import Replication
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.help import HelpScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen
from imr_tui.ui.dialogs.waiting import WaitScreen
from imr_tui.ui.features import waiting
from imr_tui.ui.messages import CaseChosen
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.builders import NUMBER, a_complete_case
from tests.store.shared.fake_remote import Claimed, FakeStore, connections, describe
from tests.ui.conftest import FRESH, NOW, on_disk, put
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
SHARED = Host(shared="postgresql://db.example/imr")
SIZE = (120, 30)

MakeShared = Callable[..., ImrApp]


class Store(FakeStore):
    """One that can also keep everybody waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate()
        self.gate.set()

    def require_up(self) -> None:
        self.gate.wait(20)
        super().require_up()


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    yield store
    store.gate.set()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)
    defaults = Replication.__init__.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "pause", 0.02)
    monkeypatch.setitem(defaults, "look", 0.02)
    monkeypatch.setattr(case_lease, "RENEW_SECONDS", 0.02)


@pytest.fixture
def make_shared(folder: Folder, store: Store) -> Iterator[MakeShared]:
    """Makes the app on `folder`, on a machine with the shared store."""
    made: list[ImrApp] = []

    def make(number: str = "") -> ImrApp:
        app = ImrApp(folder, Letterhead(), lambda: NOW, number, host=SHARED)
        app.parts.replication.make = lambda: ReplicatedFolder(folder, connections(store), describe)
        made.append(app)
        return app

    yield make
    store.gate.set()
    for app in made:
        app.parts.replication.end(5.0)


@asynccontextmanager
async def summary(app: ImrApp, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The app at the summary of a case."""
    async with running(app, size) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("summary"))
        yield pilot


async def tap(pilot: Pilot[None], *keys: str) -> None:
    """Press keys while work is under way, which `press` would wait for."""
    for key in keys:
        the_app(pilot).post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()


def title(pilot: Pilot[None]) -> str:
    return screen_text(pilot.app).split("\n")[0]


def says(pilot: Pilot[None], pattern: str) -> Callable[[], bool]:
    """Whether the first line has a pattern."""
    return lambda: re.search(pattern, title(pilot)) is not None


def is_there(store: Store, folder: Folder, number: str = FRESH) -> bool:
    """Whether the shared store has what the disk has."""
    return number in store.bodies and store.text(number) == folder.path_of(number).read_bytes()


def take(store: Store, number: str = FRESH) -> None:
    """Take a case as a session on another host does."""
    store.claims[number] = Claimed("another session", store.fence(), JANE)


# The first line


async def test_the_first_line_says_what_is_shared(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    async with summary(make_shared(FRESH), (80, 24)) as pilot:
        await until(pilot, says(pilot, r"Saved( 14:02:07)? · shared \d\d:\d\d:\d\d"))
        await write(pilot, "abc")
        await saved(pilot)
        await until(pilot, lambda: is_there(store, folder))
        await until(pilot, says(pilot, r"Saved 14:02:07 · shared \d\d:\d\d:\d\d"))
    assert decode(store.text(FRESH), "it").summary.text == "abc"


@pytest.mark.slow
async def test_a_folder_alone_says_nothing_of_it(folder: Folder) -> None:
    app = ImrApp(folder, Letterhead(), lambda: NOW, FRESH)
    async with summary(app) as pilot:
        await write(pilot, "abc")
        await saved(pilot)
        assert "shared" not in title(pilot)
        assert app.claims is folder


async def test_a_case_is_edited_while_nobody_answers_and_sent_later(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.is_down = True
    async with summary(make_shared(FRESH), (80, 24)) as pilot:
        assert not the_app(pilot).read_only
        await write(pilot, "abc")
        await saved(pilot)
        assert on_disk(folder).summary.text == "abc"
        assert not store.bodies
        await until(pilot, says(pilot, r"Saved 14:02:07 · shared: waiting since \d\d:\d\d"))
        store.is_down = False
        await until(pilot, says(pilot, r"Saved 14:02:07 · shared \d\d:\d\d:\d\d"))
        assert is_there(store, folder)


# Opening


@pytest.mark.slow
async def test_opening_is_waited_for_in_a_dialog_that_esc_leaves(
    folder: Folder, make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.05)
    app = make_shared()
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.claims is not folder)
        store.gate.clear()
        app.post_message(CaseChosen(FRESH))
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        await until(pilot, lambda: f"{FRESH} is fetched from the shared store" in shown(pilot))
        await tap(pilot, "a", "escape")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        store.gate.set()
        await until(pilot, lambda: not store.claims and folder.holder(FRESH) is None)
        assert app.case is None
        app.post_message(CaseChosen(FRESH))
        await until(pilot, lambda: app.case is not None)
        assert not app.read_only


@pytest.mark.slow
async def test_the_dialog_closes_when_the_case_is_there(
    make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.05)
    store.gate.clear()
    app = make_shared(FRESH)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        await tap(pilot, "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        store.gate.set()
        await until(pilot, lambda: bool(store.claims))
        await tap(pilot, "escape")
        await until(pilot, lambda: app.case is not None)
        await until(pilot, lambda: not any(isinstance(s, WaitScreen) for s in app.screen_stack))


@pytest.mark.slow
async def test_a_lock_keeps_a_case_that_was_waited_for_back(
    make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.05)
    store.gate.clear()
    app = make_shared(FRESH)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        app.parts.lock.lock()
        await until(pilot, lambda: app.is_locked)
        store.gate.set()
        await until(pilot, lambda: bool(store.claims))
        await pilot.pause(0.1)
        assert app.case is None
        app.parts.lock._unlock()
        await until(pilot, lambda: app.case is not None)
        assert not any(isinstance(screen, WaitScreen) for screen in app.screen_stack)


@pytest.mark.slow
async def test_a_case_of_another_host_is_read_and_taken_over_when_it_is_free(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    theirs = edits.set_summary(on_disk(folder), "From the ward.")
    store.save_as("another session", FRESH, encode(theirs))
    folder.path_of(FRESH).unlink()
    take(store)
    app = make_shared()
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.claims is not folder)
        app.post_message(CaseChosen(FRESH))
        await until(pilot, lambda: app.case is not None)
        await until(pilot, says(pilot, "READ ONLY: drjane on ward-3"))
        assert on_disk(folder).summary.text == "From the ward."
        later = edits.set_summary(theirs, "The last words of the ward.")
        store.save_as("another session", FRESH, encode(later))
        del store.claims[FRESH]
        await until(pilot, lambda: "The case is free now" in told(pilot))
        await press(pilot, "t")
        await until(pilot, lambda: not app.read_only)
        assert app.open_case.summary.text == "The last words of the ward."


@pytest.mark.slow
async def test_a_case_that_only_the_shared_store_has_needs_it(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.save_as("another session", FRESH, folder.path_of(FRESH).read_bytes())
    folder.path_of(FRESH).unlink()
    store.is_down = True
    app = make_shared()
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.claims is not folder)
        app.post_message(CaseChosen(FRESH))
        await until(pilot, lambda: "does not answer" in told(pilot))
        assert app.case is None
        assert isinstance(app.screen, WorklistScreen)
        store.is_down = False
        app.post_message(CaseChosen(FRESH))
        await until(pilot, lambda: app.case is not None)
        assert not app.read_only


@pytest.mark.slow
async def test_a_case_of_another_reviewer_is_only_read(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.save_as("another session", FRESH, b"theirs")
    store.foreign.add(FRESH)
    before = folder.path_of(FRESH).read_bytes()
    async with summary(make_shared(FRESH)) as pilot:
        assert "assigned to another reviewer" in the_app(pilot).read_only
        await write(pilot, "abc")
    assert folder.path_of(FRESH).read_bytes() == before
    assert store.text(FRESH) == b"theirs"


@pytest.mark.slow
async def test_a_case_that_can_only_be_read_is_not_kept_from_others(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    (folder.path / f"{FRESH} copy.toml").write_bytes(folder.path_of(FRESH).read_bytes())
    async with summary(make_shared(FRESH)) as pilot:
        assert "has the same case number" in the_app(pilot).read_only
        await until(pilot, lambda: FRESH in store.bodies and not store.claims)
        await until(pilot, lambda: folder.holder(FRESH) is None)


@pytest.mark.slow
async def test_two_texts_of_a_case_are_both_there_to_choose_from(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    theirs = edits.set_summary(on_disk(folder), "theirs")
    put(folder, edits.set_summary(on_disk(folder), "mine"))
    store.save_as("another session", FRESH, encode(theirs))
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        assert [each.kind for each in app.notices] == ["choice"]
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await until(pilot, lambda: "theirs" in shown(pilot))
        await press(pilot, "m")
        await until(pilot, lambda: on_disk(folder).summary.text == "mine")
        await until(pilot, lambda: is_there(store, folder))


@pytest.mark.slow
async def test_a_store_that_cannot_be_used_keeps_nobody_from_the_folder(
    folder: Folder, make_shared: MakeShared
) -> None:
    def fails() -> ReplicatedFolder:
        raise BadInput("The address of the shared store is wrong.")

    app = make_shared(FRESH)
    app.parts.replication.make = fails
    async with summary(app) as pilot:
        assert "The address of the shared store is wrong." in told(pilot)
        await write(pilot, "abc")
        await saved(pilot)
        assert on_disk(folder).summary.text == "abc"
        await until(pilot, says(pilot, "Saved 14:02:07 · shared: waiting since 14:02"))


# Another session has it


@pytest.mark.slow
async def test_a_lost_lease_makes_later_text_a_copy(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "abc")
        await saved(pilot)
        await until(pilot, lambda: is_there(store, folder))
        take(store)
        await until(pilot, lambda: [each.kind for each in app.notices] == ["given"])
        await until(pilot, lambda: "drjane has the case" in shown(pilot))
        await write(pilot, "def")
        await until(pilot, lambda: app.save_state == "KEPT AS A COPY")
        assert on_disk(folder).summary.text == "abc"
        assert decode(store.text(FRESH), "it").summary.text == "abc"
        assert "shared" not in title(pilot)


@pytest.mark.slow
async def test_another_host_asks_and_gets_all_that_was_typed(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "abc")
        store.asked[FRESH] = JANE
        await until(pilot, lambda: [each.kind for each in app.notices] == ["request"])
        await write(pilot, "def")
        await press(pilot, "f2", "g")
        await until(pilot, lambda: not store.claims)
        assert decode(store.text(FRESH), "it").summary.text == "abcdef"
        assert app.held_by == JANE


@pytest.mark.slow
async def test_a_case_of_another_host_is_asked_for(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.save_as("another session", FRESH, folder.path_of(FRESH).read_bytes())
    take(store)
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        await press(pilot, "t")
        await until(pilot, lambda: "Asked drjane on ward-3" in told(pilot))
        assert FRESH in store.asked
        # It is handed over.
        del store.claims[FRESH]
        await until(pilot, lambda: not app.read_only)
        assert store.claims[FRESH].who != JANE


@pytest.mark.slow
async def test_a_case_is_not_taken_over_from_a_host_that_cannot_be_asked(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.save_as("another session", FRESH, folder.path_of(FRESH).read_bytes())
    take(store)
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        store.is_down = True
        await press(pilot, "t")
        await until(pilot, lambda: "does not answer" in told(pilot))
        assert app.read_only
        await until(pilot, lambda: folder.holder(FRESH) is None)


# The waits


@asynccontextmanager
async def review(app: ImrApp) -> AsyncIterator[Pilot[None]]:
    """The app at the Review of a complete case, with a key that can sign nothing."""
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("review"))
        yield pilot


def letters(folder: Folder) -> list[str]:
    return [path.name for path in folder.path.glob("*.txt")]


@pytest.mark.slow
@pytest.mark.parametrize("key", ["w", "W"])
async def test_a_letter_waits_until_the_case_is_shared_and_says_why_not(
    folder: Folder,
    make_shared: MakeShared,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    put(folder, a_complete_case())
    monkeypatch.setattr(shared_cases, "WAIT_SECONDS", 0.3)
    store.is_down = True
    async with review(make_shared(NUMBER)) as pilot:
        await press(pilot, key)
        await tap(pilot, "w")
        await until(pilot, lambda: "No letter was written." in told(pilot))
        assert f"{NUMBER} is not shared yet. The shared store does not answer." in told(pilot)
        assert not letters(folder)
        assert not list(folder.path.glob("*.pdf"))


@pytest.mark.slow
async def test_a_letter_is_written_once_the_case_is_shared_and_is_sent_too(
    folder: Folder, make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.05)
    put(folder, a_complete_case())
    store.is_down = True
    async with review(make_shared(NUMBER)) as pilot:
        app = the_app(pilot)
        await press(pilot, "w")
        await tap(pilot, "w")
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        assert not letters(folder)
        store.is_down = False
        await until(pilot, lambda: app.letter_state != "")
        assert letters(folder) == [f"{NUMBER}.txt"]
        assert not isinstance(app.screen, WaitScreen)
        letter = (folder.path / f"{NUMBER}.txt").read_bytes()
        await until(pilot, lambda: store.files.get(NUMBER, {}).get(f"{NUMBER}.txt") == letter)


@pytest.mark.slow
async def test_esc_leaves_the_wait_of_a_letter(
    folder: Folder, make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.05)
    put(folder, a_complete_case())
    store.is_down = True
    async with review(make_shared(NUMBER)) as pilot:
        app = the_app(pilot)
        await press(pilot, "w")
        await tap(pilot, "w")
        await until(pilot, lambda: isinstance(app.screen, WaitScreen))
        await tap(pilot, "escape")
        await until(pilot, lambda: "No letter was written." in told(pilot))
        store.is_down = False
        await until(pilot, lambda: is_there(store, folder, NUMBER))
        assert not letters(folder)


# Leaving, and the end


@pytest.mark.slow
async def test_leaving_does_not_wait_and_says_what_is_not_shared(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    store.is_down = True
    async with summary(make_shared(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "abc")
        await until(pilot, says(pilot, "waiting since"))
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
        assert f"{FRESH} is not shared yet. It is saved here" in told(pilot)
        assert app.shared_state == ""
        store.is_down = False


@pytest.mark.slow
async def test_quitting_says_what_is_not_shared_and_the_next_start_sends_it(
    folder: Folder, make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_cases, "QUIT_SECONDS", 0.3)
    store.is_down = True
    app = make_shared(FRESH)
    async with summary(app) as pilot:
        await write(pilot, "abc")
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
    assert on_disk(folder).summary.text == "abc"
    assert app.farewell == (
        f"Not shared yet: {FRESH}. All is saved here, and the next start sends it."
    )
    assert not store.bodies
    store.is_down = False
    async with running(make_shared(), SIZE) as pilot:
        await until(pilot, lambda: is_there(store, folder))


@pytest.mark.slow
async def test_quitting_sends_the_last_words(
    folder: Folder, make_shared: MakeShared, store: Store
) -> None:
    app = make_shared(FRESH)
    async with summary(app) as pilot:
        await write(pilot, "abc")
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.farewell == ""
    assert is_there(store, folder)
    assert decode(store.text(FRESH), "it").summary.text == "abc"
    assert not store.claims


@pytest.mark.slow
async def test_the_end_of_the_process_does_not_wait_for_the_network(
    folder: Folder, make_shared: MakeShared, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[float] = []
    app = make_shared(FRESH)
    async with summary(app) as pilot:
        await until(pilot, lambda: is_there(store, folder))
        store.gate.clear()
        await write(pilot, "abc")
        end = app.parts.replication.end

        def ends(seconds: float) -> None:
            joined.append(seconds)
            end(0.05)

        monkeypatch.setattr(app.parts.replication, "end", ends)
        assert app.last_words.last_words(2.0)
        app.last_words.close_session()
        assert joined == [shared_cases.END_SECONDS]
        assert on_disk(folder).summary.text == "abc"
        store.gate.set()
