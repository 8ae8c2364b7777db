"""The locked screen: nothing of a case on it, no way round it, and behind it all as it was."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from imr_tui.domain.workflow import Stage
from imr_tui.session.events import ClaimAsked, ClaimLost, FileChanged
from imr_tui.session.idle import MINUTE, Due, due, seconds
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.account_state import load_wrong_pins, save_wrong_pins
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import digest_of, load_profile, save_profile
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.lock import LockScreen
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.dialogs.sharing import RequestScreen
from imr_tui.ui.messages import SessionReported
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, MakeApp, on_disk
from tests.ui.driving import (
    opened,
    paste,
    press,
    running,
    saved,
    screen_text,
    the_app,
    told,
    until,
    write,
)

PIN = "2468"
SECRET = "A summary that nobody else may read."
HOST = Host()
"""Ten minutes, and thirty."""


class FakeClock:
    """Time that goes by when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def locking(make_app: MakeApp, clock: FakeClock) -> Callable[[], ImrApp]:
    """Makes the app on the fresh case, with the fake clock."""

    def make() -> ImrApp:
        app = make_app(FRESH)
        app.seconds = clock
        return app

    return make


def with_pin(folder: Folder) -> None:
    profile = load_profile(folder)
    assert profile is not None
    save_profile(folder, profile.but(pin=digest_of(PIN)))


async def at_work(pilot: Pilot[None]) -> ImrApp:
    """In a summary with SECRET in it, the cursor inside of it."""
    app = await opened(pilot, Stage("summary"))
    await write(pilot, SECRET)
    await press(pilot, "left", "left")
    await saved(pilot)
    await until(pilot, lambda: app.parts.checking._found_in is app.case)
    return app


async def idle(pilot: Pilot[None], clock: FakeClock, minutes: float) -> None:
    clock.now += minutes * MINUTE
    the_app(pilot).parts.lock.look_at_clock()
    await pilot.pause()


def shows(app: ImrApp, words: str) -> bool:
    return words in screen_text(app)


def is_clean(app: ImrApp) -> bool:
    """Whether the screen holds only what a locked one does."""
    text = screen_text(app)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return (
        isinstance(app.screen, LockScreen)
        and text.count("Locked at 14:02. Everything is saved.") == 1
        and not {"nobody else", FRESH, "summary", "F1"} & set(text.split())
        and SECRET not in text
        and FRESH not in text
        and len(lines) <= 4
    )


def test_what_is_due_when() -> None:
    host = Host(idle_minutes=1, leave_minutes=2)
    times = {0.0: Due.NOTHING, 59.9: Due.NOTHING, 60.0: Due.LOCK, 119.9: Due.LOCK, 120.0: Due.LEAVE}
    assert {idle: due(idle, host) for idle in times} == times
    assert due(60.0, replace(host, leave_minutes=1)) is Due.LEAVE
    assert seconds() <= seconds()


async def test_it_locks_at_the_minute_and_keys_reveal_nothing(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        stack = list(app.screen_stack)
        await idle(pilot, clock, HOST.idle_minutes - 0.01)
        assert app.screen is stack[-1]
        await idle(pilot, clock, 0.01)
        await until(pilot, lambda: is_clean(app))
        reveal = ["escape", "space", "y", "f1", "question_mark", "ctrl+o", "ctrl+z", "ctrl+y"]
        reveal += ["ctrl+n", "ctrl+p", "ctrl+g", "ctrl+t", "ctrl+r", "ctrl+s", "t", "h", "f4", "f8"]
        reveal += ["tab", "shift+tab", "ctrl+l", "up", "down", "ctrl+c", "ctrl+d"]
        await press(pilot, *reveal)
        await paste(pilot, "pasted words")
        assert is_clean(app)
        assert app.screen_stack[:-1] == stack
        await write(pilot, "x")
        assert "x" not in screen_text(app).split("goes")[-1].replace("ends", "")
    assert on_disk(folder).summary.text == SECRET


async def test_the_pin_brings_everything_back(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        before, stack = screen_text(app), list(app.screen_stack)
        entry = app.focused
        assert isinstance(entry, Prose)
        at = entry.cursor_location
        await idle(pilot, clock, HOST.idle_minutes)
        await until(pilot, lambda: is_clean(app))
        await write(pilot, PIN)
        assert PIN not in screen_text(app)
        await press(pilot, "enter")
        await until(pilot, lambda: not app.is_locked)
        await pilot.pause()
        assert list(app.screen_stack) == stack
        assert app.focused is entry
        assert entry.cursor_location == at
        assert screen_text(app) == before
        await write(pilot, "!")
        await saved(pilot)
        await idle(pilot, clock, HOST.idle_minutes - 0.1)
        assert not app.is_locked
    assert on_disk(folder).summary.text == f"{SECRET[:-2]}!{SECRET[-2:]}"


@pytest.mark.slow
async def test_a_screen_that_is_left_meanwhile_goes_afterwards(
    folder: Folder, locking: Callable[[], ImrApp]
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await press(pilot, "f8")
        await until(pilot, lambda: is_clean(app))
        app.pop_screen()
        await pilot.pause()
        assert is_clean(app)
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))


async def test_dialogs_and_their_drafts_are_there_afterwards(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await opened(pilot, Stage("decision", 0))
        app.set_focus(None)
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, ItemForm))
        await press(pilot, "end")
        await write(pilot, " and more")
        await until(pilot, lambda: app.settled_case == app.case)
        await pilot.pause()
        before = screen_text(app)
        await idle(pilot, clock, HOST.idle_minutes)
        await until(pilot, lambda: is_clean(app))
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, ItemForm))
        await pilot.pause()
        assert screen_text(app) == before
        assert isinstance(app.focused, Line)
        await press(pilot, "backspace")
        assert app.focused.value.endswith("and mor")


async def test_only_keys_and_pastes_are_activity(
    locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        clock.now += HOST.idle_minutes * MINUTE - 1
        await pilot.resize_terminal(100, 30)
        app.post_message(events.AppBlur())
        app.post_message(events.AppFocus())
        app.notify("Something was found.", markup=False)
        await pilot.pause()
        await idle(pilot, clock, 2 / MINUTE)
        await until(pilot, lambda: shows(app, "Everything is saved."))
        assert is_clean(app)
        # Something of the stock screen that no longer is what it was would show here.
        assert [type(each).__name__ for each in app.screen.children] == ["Vertical"]


async def test_a_key_that_comes_too_late_is_taken_by_nothing(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    """As after an hour in which the process was stopped."""
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        clock.now += 20 * MINUTE
        await press(pilot, "Z")
        await until(pilot, lambda: is_clean(app))
    assert on_disk(folder).summary.text == SECRET


async def test_without_a_pin_it_can_only_be_left_and_goes_on_at_the_line(
    folder: Folder, locking: Callable[[], ImrApp]
) -> None:
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await press(pilot, "f8")
        await until(pilot, lambda: is_clean(app))
        assert "Log in again" in screen_text(app)
        await write(pilot, "prose that goes on, with a new line\n and quits")
        assert isinstance(app.screen, LockScreen)
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0
    assert on_disk(folder).summary.text == SECRET
    async with running(locking()) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: len(app.screen.query("Prose")) == 1)
        await press(pilot, "enter")
        assert isinstance(app.focused, Prose)
        assert app.focused.cursor_location == (0, len(SECRET) - 2)


@pytest.mark.slow
async def test_wrong_pins_cost_time_and_the_fifth_the_session(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await press(pilot, "f8")
        for left, pause in ((4, 1), (3, 2), (2, 4), (1, 8)):
            await write(pilot, "1234")
            await press(pilot, "enter")
            await until(
                pilot,
                partial(shows, app, f"Wrong PIN. {left} tr"),
            )
            clock.now += pause - 0.5
            await write(pilot, PIN)
            await press(pilot, "enter")
            assert "then type the PIN again" in screen_text(app)
            assert app.is_locked
            clock.now += 0.5
        await write(pilot, "1234")
        await press(pilot, "enter")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0
    assert "five wrong" in app.farewell


@pytest.mark.slow
async def test_wrong_pins_of_the_sessions_before_count(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    with_pin(folder)
    save_wrong_pins(folder, 4)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await press(pilot, "f8")
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: "then type the PIN again" in screen_text(app))
        clock.now += 8
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: not app.is_locked)
        assert load_wrong_pins(folder) == 0
        save_wrong_pins(folder, 4)
        await press(pilot, "f8")
        clock.now += 8
        await write(pilot, "1234")
        await press(pilot, "enter")
        await until(pilot, lambda: not app.is_running)
    assert load_wrong_pins(folder) == 5


async def test_after_a_longer_while_the_session_ends(
    folder: Folder, locking: Callable[[], ImrApp], clock: FakeClock
) -> None:
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await idle(pilot, clock, HOST.idle_minutes)
        await idle(pilot, clock, HOST.leave_minutes - HOST.idle_minutes)
        await until(pilot, lambda: not app.is_running)
        assert app.parts.editing.session is None
    assert app.return_code == 0
    assert "30 minutes" in app.farewell
    assert on_disk(folder).summary.text == SECRET


@pytest.mark.slow
async def test_what_comes_meanwhile_is_shown_afterwards(
    folder: Folder, locking: Callable[[], ImrApp]
) -> None:
    with_pin(folder)
    async with running(locking()) as pilot:
        app = await at_work(pilot)
        await press(pilot, "f8")
        await until(pilot, lambda: is_clean(app))
        holder = Holder(who="somebody", host="elsewhere")
        app.post_message(SessionReported(ClaimAsked(holder)))
        app.post_message(SessionReported(FileChanged()))
        app.push_screen(ItemForm(0))
        app.notify(f"{FRESH} was written.", markup=False)
        app.post_message(SessionReported(ClaimLost(holder)))
        await pilot.pause()
        assert is_clean(app)
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: [each.kind for each in app.notices] == ["given"])
        await until(pilot, lambda: f"{FRESH} was written." in told(pilot))
        assert any(isinstance(each, ItemForm) for each in app.screen_stack)
        assert not any(isinstance(each, RequestScreen) for each in app.screen_stack)


@pytest.mark.slow
async def test_the_profile_sets_and_takes_away_the_pin(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        for typed, opens in (("123", False), (PIN, True), ("", True), ("-", False)):
            await press(pilot, "p")
            await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
            if typed == "-":
                # Nobody else than who knows it takes it away.
                for old in ("", "9999"):
                    app.screen.query_one("#old-pin", Input).value = old
                    app.screen.query_one("#new-pin").focus()
                    await write(pilot, "-")
                    await press(pilot, "ctrl+s")
                    says = "Wrong PIN." if old else "Type your current PIN."
                    await until(pilot, partial(shows, app, says))
                    assert isinstance(app.screen, ProfileScreen)
                    assert load_profile(folder) == app.profile
                    app.screen.query_one("#new-pin", Input).clear()
                assert isinstance(app.screen, ProfileScreen)
                app.screen._check._next = 0.0
                app.screen.query_one("#old-pin", Input).value = PIN
            app.screen.query_one("#new-pin").focus()
            await write(pilot, typed)
            await press(pilot, "enter")
            await write(pilot, typed)
            assert "2468" not in screen_text(app)
            assert "Enter Next field" in screen_text(app)
            await press(pilot, "enter")
            assert "Enter Done" in screen_text(app)
            await press(pilot, "enter")
            if typed == "123":
                await until(pilot, lambda: "at least 4" in screen_text(app))
                await press(pilot, "escape")
            await until(pilot, lambda: not isinstance(app.screen, ProfileScreen))
            profile = load_profile(folder)
            assert profile is not None
            assert profile.opens_with(PIN) is opens
            assert profile.licenses == ("Texas",)
            assert PIN not in (account_folder(folder.path) / "profile.toml").read_text()


def test_a_pin_is_kept_as_what_it_is_compared_with() -> None:
    assert digest_of(PIN) != digest_of(PIN)
    profile = Profile(pin=digest_of(PIN))
    assert profile.opens_with(PIN)
    assert PIN not in repr(profile)
    for pin in ("", PIN + "0", "2469", profile.pin):
        assert not profile.opens_with(pin)
    for broken in ("", "scrypt", "scrypt$", "scrypt$$", "scrypt$aa$bb", "$", "2468"):
        assert not Profile(pin=broken).opens_with(PIN)
        assert not Profile(pin=broken).opens_with("")
