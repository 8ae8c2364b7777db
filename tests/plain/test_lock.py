"""The lock at the prompt: what is said while it is locked, the PIN, and the end."""

from collections.abc import Callable

import pytest

from imr_tui.plain import line_reader
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import digest_of, load_profile, save_profile
from tests.builders import NUMBER
from tests.plain.driving import talking

PIN = "2468"
PROMPT = "Your PIN, or a blank line to end: "
HOST = Host(idle_minutes=10, leave_minutes=30)


class Clock:
    """A clock in seconds that the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock at which a prompt looks often."""
    monkeypatch.setattr(line_reader, "TICK_SECONDS", 0.01)
    return Clock()


@pytest.fixture
def locking(surgery: Folder) -> Folder:
    """A folder whose reviewer has a PIN."""
    profile = load_profile(surgery)
    assert profile is not None
    save_profile(surgery, profile.but(pin=digest_of(PIN)))
    return surgery


def at(clock: Clock, minutes: float) -> None:
    clock.now = minutes * 60


def test_a_session_is_locked_until_the_pin_is_typed(locking: Folder, clock: Clock) -> None:
    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        talker.type("g summary")
        at(clock, 9.9)
        talker.type("i Typed in time.")
        at(clock, 19.9)
        said = talker.wait_for(PROMPT)
        assert "\n" * 24 + "Locked at 09:30. Everything is saved.\n" in said
        assert "Wrong PIN. 4 tries left. Type it again in 1 s." in talker.type("1", PROMPT)
        assert "then type the PIN again." in talker.type(PIN, PROMPT)
        clock.now += 2
        assert "Unlocked.\nSummary, " in talker.type(PIN)
        talker.type("i Typed after.")
        assert PIN not in talker.text
    assert open_case(locking.path_of(NUMBER)).case.summary.text.endswith("in time.\n\nTyped after.")
    assert "unlocked" in [each.event for each in AuditLog(locking.path).events()]


@pytest.mark.slow
def test_a_line_that_came_too_late_is_not_used(locking: Folder, clock: Clock) -> None:
    """It was typed at a screen that somebody may have left."""
    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        talker.app.console.look = _late(talker.app.console.look, clock)
        talker.type("g credentials", PROMPT)
        assert "Credentials" not in talker.type(PIN)


def _late(look: Callable[[], bool], clock: Clock) -> Callable[[], bool]:
    """Looks at the clock only once a line has come."""

    def late() -> bool:
        at(clock, 15)
        return look()

    return late


def test_without_a_pin_the_session_can_only_end(surgery: Folder, clock: Clock) -> None:
    with talking(surgery, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        at(clock, 15)
        talker.wait_for("Enter ends the session. Log in again to continue: ")
        talker.type("g summary", "All is saved.")
        assert "Summary" not in talker.text


@pytest.mark.slow
def test_five_wrong_pins_end_the_session(locking: Folder, clock: Clock) -> None:
    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        at(clock, 11)
        talker.wait_for(PROMPT)
        for _ in range(4):
            talker.type("wrong", PROMPT)
            clock.now += 60
        said = talker.type("wrong", "continues the count.")
        assert "The session ended after five wrong PINs." in said


@pytest.mark.slow
def test_a_locked_session_ends_later(locking: Folder, clock: Clock) -> None:
    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        at(clock, 11)
        talker.wait_for(PROMPT)
        at(clock, 30)
        talker.wait_for("Session ended after 30 minutes without a line. All is saved.")


@pytest.mark.slow
def test_the_session_is_locked_on_request_and_ctrl_c_does_not_unlock_it(
    locking: Folder, clock: Clock
) -> None:
    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        talker.type("lock", PROMPT)
        talker.app.console.interrupt()
        talker.wait_for(PROMPT)
        assert "Unlocked." in talker.type(PIN)


@pytest.mark.slow
def test_what_happens_while_it_is_locked_is_said_afterwards(locking: Folder, clock: Clock) -> None:
    from imr_tui.plain.reports import Told

    with talking(locking, NUMBER, HOST, clock) as talker:
        talker.wait_for()
        talker.type("lock", PROMPT)
        talker.app.session.reports.put(Told("Something happened."))
        assert "Something happened." not in talker.type("", "All is saved.")
