"""Nothing that happens by itself takes the keyboard from a text, or a letter for an answer."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from textual import events
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.model.limits import StageKind
from imr_tui.session.events import ClaimAsked, ClaimLost
from imr_tui.store.cases import saver
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking import poller
from imr_tui.store.locking.claim import Claim, ask, claim
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.lock import LockScreen
from imr_tui.ui.dialogs.record import RecordForm
from imr_tui.ui.dialogs.sharing import ChoiceScreen, RequestScreen
from imr_tui.ui.messages import SessionReported
from imr_tui.ui.state import Notice, with_notice, without
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, NOW, MakeApp, fill_disk, on_disk, put
from tests.ui.driving import (
    go,
    press,
    rest,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)

PANGRAM = "tmgk: a quick brown fox jumps over the lazy dog, vexing Will. "
JANE = Holder(who="drjane", host="ward-3", since=NOW)
TEXTS: dict[StageKind, int | None] = {"summary": None, "decision": 0}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)


def decided(folder: Folder) -> None:
    """Let the first item be decided, so that its rationale is a text like the summary."""
    put(folder, edits.set_decision(on_disk(folder), 0, "upheld"))


@asynccontextmanager
async def at_text(app: ImrApp, kind: StageKind = "summary") -> AsyncIterator[Pilot[None]]:
    """The app with the cursor in the summary, or in the first rationale."""
    async with running(app) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage(kind, TEXTS[kind]))
        app.screen.query_one(Prose).focus()
        await rest(app)
        yield pilot


def text_of(case: Case, kind: StageKind) -> str:
    return case.summary.text if kind == "summary" else case.items[0].rationale


def kinds(app: ImrApp) -> list[str]:
    """What waits for the reviewer."""
    return [each.kind for each in app.notices]


def texts_kept(folder: Folder) -> Iterator[bytes]:
    """Every text of the case that lies anywhere in the folder."""
    for path in (folder.path_of(FRESH), *folder.own("").rglob("*.toml")):
        with suppress(OSError):
            yield path.read_bytes()


# ── What happens while somebody types ────────────────────────────────────────────────────


def change(app: ImrApp, folder: Folder) -> None:
    """Another program writes the case."""
    put(folder, edits.set_party(on_disk(folder), "employer", "Changed elsewhere"))


def remove(app: ImrApp, folder: Folder) -> None:
    """Another program removes the case."""
    folder.path_of(FRESH).unlink()


def spoil(app: ImrApp, folder: Folder) -> None:
    """Another program leaves half a file."""
    folder.path_of(FRESH).write_bytes(b"half of a [")


def request(app: ImrApp, folder: Folder) -> None:
    """Another session asks for the case."""
    app._kept_open = ask(folder.path, FRESH, JANE)  # type: ignore[attr-defined]


def lose(app: ImrApp, folder: Folder) -> None:
    """The case goes to another session."""
    assert app.parts.editing.claim_monitor is not None
    assert app.parts.editing.claim_monitor.give(JANE)


EVENTS: dict[Callable[[ImrApp, Folder], None], str] = {
    change: "choice",
    remove: "choice",
    spoil: "choice",
    request: "request",
    lose: "given",
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(
    "happens",
    [
        change,
        lose,
        *(pytest.param(each, marks=pytest.mark.slow) for each in (remove, spoil, request)),
    ],
    ids=lambda each: each.__name__,
)
async def test_what_is_typed_stays_in_its_text(
    happens: Callable[[ImrApp, Folder], None], kind: StageKind, folder: Folder, make_app: MakeApp
) -> None:
    decided(folder)
    async with at_text(make_app(FRESH), kind) as pilot:
        app = the_app(pilot)
        before = app.open_case
        await write(pilot, "Before. ")
        field = app.focused
        happens(app, folder)
        await write(pilot, PANGRAM)
        await until(pilot, lambda: kinds(app) == [EVENTS[happens]])
        await write(pilot, PANGRAM)
        assert app.focused is field
        assert isinstance(field, Prose)
        assert field.text == f"Before. {PANGRAM}{PANGRAM}"
        assert text_of(app.open_case, kind) == field.text
        await saved(pilot)
        assert encode(app.open_case) in set(texts_kept(folder))
        assert [each.decision for each in app.open_case.items] == [
            each.decision for each in before.items
        ]


async def test_a_line_tells_of_it_and_names_the_key(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        change(app, folder)
        await until(pilot, lambda: bool(app.notices))
        await rest(app)
        await until(pilot, lambda: "F2 Compare" in screen_text(app))
        assert "Another program changed this case. Both versions are kept." in screen_text(app)


async def test_the_key_does_nothing_where_nothing_waits(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "one two")
        await press(pilot, "home", "f2", "f2")
        await write(pilot, "X")
        assert app.open_case.summary.text == "Xone two"


@pytest.mark.slow
async def test_a_dialog_below_tells_of_it_and_keeps_its_field(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await app.push_screen(RecordForm(0, app.open_case.records[0]))
        title = app.screen.query_one("#title")
        title.focus()
        await press(pilot, "end")
        await write(pilot, " tmgk")
        change(app, folder)
        await write(pilot, " lazy dog")
        await until(pilot, lambda: kinds(app) == ["choice"])
        await write(pilot, " tmgk")
        assert app.focused is title
        assert app.open_case.records[0].title.endswith(" tmgk lazy dog tmgk")
        await until(pilot, lambda: "F2 Compare" in screen_text(app))
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await until(pilot, lambda: "Changed elsewhere" in screen_text(app))
        await press(pilot, "t")
        await until(pilot, lambda: app.parts.navigation.stage_in_view is not None)
        assert app.open_case.parties.employer == "Changed elsewhere"
        assert not app.notices


@pytest.mark.slow
async def test_the_cursor_stays_where_the_other_text_goes_on(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "one\ntwo three")
        await press(pilot, *["left"] * 5)
        await saved(pilot)
        change(app, folder)
        await until(pilot, lambda: kinds(app) == ["choice"])
        await press(pilot, "f2")
        await until(pilot, lambda: "Changed elsewhere" in screen_text(app))
        await press(pilot, "t")
        await until(pilot, lambda: not app.notices)
        await write(pilot, "and ")
        assert app.open_case.summary.text == "one\ntwo and three"
        assert app.open_case.parties.employer == "Changed elsewhere"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["ctrl+s", "ctrl+q"])
async def test_no_key_waits_for_a_disk_that_takes_nothing(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """What waited would be lost if the app were killed meanwhile."""
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        with monkeypatch.context() as full:
            fill_disk(full)
            await write(pilot, "abc")
            for each in (key, *"typed on"):
                app.post_message(events.Key(each, each if len(each) == 1 else None))
            await until(pilot, lambda: app.open_case.summary.text == "abctyped on")
            assert any(not each.is_finished for each in app.workers)
        await saved(pilot)


async def test_ctrl_s_opens_nothing(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        change(app, folder)
        await until(pilot, lambda: kinds(app) == ["choice"])
        await press(pilot, "ctrl+s", *"tmgk")
        assert app.open_case.summary.text == "tmgk"
        assert kinds(app) == ["choice"]


# ── Another session ──────────────────────────────────────────────────────────────────────


async def test_a_question_that_was_settled_waits_to_be_closed(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        app.post_message(SessionReported(ClaimAsked(JANE)))
        await until(pilot, lambda: kinds(app) == ["request"])
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        app.post_message(SessionReported(ClaimLost(JANE)))
        await until(pilot, lambda: kinds(app) == ["given"])
        assert isinstance(app.screen, RequestScreen)
        await press(pilot, "g")
        assert isinstance(app.screen, RequestScreen)
        await press(pilot, "escape", *"gk")
        assert app.open_case.summary.text == "gk"


async def test_a_request_that_is_withdrawn_is_told_of_no_more(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        wanted = ask(folder.path, FRESH, JANE)
        await until(pilot, lambda: kinds(app) == ["request"])
        wanted.withdraw()
        await until(pilot, lambda: not app.notices)


@pytest.mark.slow
async def test_a_request_stands_while_its_holder_types(folder: Folder, make_app: MakeApp) -> None:
    first, second = make_app(FRESH), make_app(FRESH)
    async with at_text(first) as one, running(second) as other:
        await until(other, lambda: second.case is not None)
        await press(other, "t")
        await until(one, lambda: kinds(first) == ["request"])
        await write(one, PANGRAM)
        await saved(one)
        await until(other, lambda: second.open_case.summary.text == PANGRAM)
        await one.pause(0.1)
        assert kinds(first) == ["request"]


@pytest.mark.slow
async def test_a_copy_is_a_second_text_once_the_case_is_back(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "mine")
        lose(app, folder)
        held = claim(folder.path, FRESH, JANE)
        await until(pilot, lambda: kinds(app) == ["given"])
        await write(pilot, " and more")
        put(folder, edits.set_summary(on_disk(folder), "theirs"))
        await saved(pilot)
        await until(pilot, lambda: app.save_state == "KEPT AS A COPY")
        await press(pilot, "f2")
        held.release()
        await until(pilot, lambda: kinds(app) == ["choice"])
        await write(pilot, "!")
        await saved(pilot)
        assert on_disk(folder).summary.text == "theirs"
        await press(pilot, "f2")
        await until(pilot, lambda: "+ theirs" in screen_text(app))
        await press(pilot, "m")
        await until(pilot, lambda: on_disk(folder).summary.text == "mine and more!")
        assert encode(edits.set_summary(on_disk(folder), "theirs")) in set(texts_kept(folder))


async def test_no_letter_is_written_from_a_copy(folder: Folder, make_app: MakeApp) -> None:
    number = "CM14-0187654"
    app = make_app(number)
    async with running(app) as pilot:
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("review"))
        lose(app, folder)
        await until(pilot, lambda: kinds(app) == ["given"])
        await press(pilot, "w")
        await saved(pilot)
        assert not (folder.path / f"{number}.txt").exists()
        assert not app.letter_state


async def test_opening_a_stage_makes_no_copy(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        lose(app, folder)
        await until(pilot, lambda: kinds(app) == ["given"])
        await go(pilot, Stage("credentials"))
        await saved(pilot)
        assert app.parts.editing.session is not None
        assert not app.parts.editing.session.has_copy


async def test_a_case_is_given_while_its_reviewer_types_on(
    folder: Folder, make_app: MakeApp
) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "Before. ")
        app.post_message(SessionReported(ClaimAsked(JANE)))
        await until(pilot, lambda: kinds(app) == ["request"])
        await press(pilot, "f2", "g")
        await write(pilot, PANGRAM)
        await until(pilot, lambda: kinds(app) == ["given"])
        await write(pilot, PANGRAM)
        await saved(pilot)
        assert app.open_case.summary.text == f"Before. {PANGRAM}{PANGRAM}"
        assert encode(app.open_case) in set(texts_kept(folder))
        assert text_of(app.open_case, "summary").startswith(on_disk(folder).summary.text)


# ── The disk, the lock ───────────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_quitting_with_a_full_disk_opens_nothing(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        with monkeypatch.context() as full:
            full.setattr(saver, "FLUSH_SECONDS", 0.1)
            fill_disk(full)
            await write(pilot, "abc")
            await press(pilot, "ctrl+q")
            await write(pilot, PANGRAM)
            await until(pilot, lambda: kinds(app) == ["rescue"])
            assert isinstance(app.focused, Prose)
        await saved(pilot)
        await until(pilot, lambda: not app.notices)
        assert on_disk(folder).summary.text == f"abc{PANGRAM}"


@pytest.mark.slow
async def test_a_dialog_tells_that_saving_fails(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await app.push_screen(RecordForm(0, app.open_case.records[0]))
        app.screen.query_one("#title").focus()
        with monkeypatch.context() as full:
            fill_disk(full)
            await write(pilot, "abc")
            await until(pilot, lambda: "no space left" in shown(pilot))
            await write(pilot, "def")
        await until(pilot, lambda: "NOT SAVED" not in shown(pilot))
        await saved(pilot)
        assert "abcdef" in on_disk(folder).records[0].title


async def test_a_dialog_is_locked_like_everything_else(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await app.push_screen(RecordForm(0, app.open_case.records[0]))
        await press(pilot, "f8", *PANGRAM)
        assert isinstance(app.screen, LockScreen)
        assert on_disk(folder).records == app.open_case.records


async def test_the_lock_takes_no_letter_for_a_command(folder: Folder, make_app: MakeApp) -> None:
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await write(pilot, "before")
        await press(pilot, "f8", *PANGRAM, "enter", *PANGRAM, "enter")
        assert isinstance(app.screen, LockScreen)
        assert app.is_running
        assert on_disk(folder).summary.text == "before"


@pytest.mark.slow
async def test_a_read_only_case_comes_over_with_the_focus_where_it_is(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, edits.set_summary(on_disk(folder), "one\ntwo"))
    held: Claim = claim(folder.path, FRESH, JANE)
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await press(pilot, "down", "right")
        await press(pilot, "t")
        held.release()
        await until(pilot, lambda: not app.read_only)
        await rest(app)
        await press(pilot, "i")
        await write(pilot, "h")
        assert app.open_case.summary.text == "one\nthwo"


@pytest.mark.slow
async def test_what_lies_under_a_dialog_is_shown_anew_when_it_closes(
    folder: Folder, make_app: MakeApp
) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with at_text(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await press(pilot, "f1")
        put(folder, edits.set_summary(on_disk(folder), "Written on the ward."))
        await until(pilot, lambda: app.open_case.summary.text == "Written on the ward.")
        await press(pilot, "escape")
        await until(pilot, lambda: "Written on the ward." in screen_text(app))
    held.release()


def test_the_notices_are_answered_in_their_order() -> None:
    given, choice = Notice("given", "a", "b"), Notice("choice", "c", "d")
    newer = Notice("given", "e", "f")
    both = with_notice(with_notice((), given), choice)
    assert both == (choice, given)
    assert with_notice(both, newer) == (choice, newer)
    assert without(both, "choice") == (given,)
