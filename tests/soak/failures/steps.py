"""Steps of which what happens in a state is made."""

from tests.soak.failures import left
from tests.soak.failures.desk import Desk

OUTAGE = (1.5, 5.5)
"""Seconds that an outage takes, besides those in which the servers fail and come back."""


def begin(desk: Desk) -> None:
    """Open the case, and type until a text was shared."""
    desk.open()
    desk.type(1.0, [])
    desk.type_until_shared()
    desk.type(3.0, desk.normal)


def outage(desk: Desk, seconds: float = 0.0) -> None:
    """Type while the servers do not work."""
    desk.type(seconds or desk.chance.uniform(*OUTAGE), desk.failing)


def recover(desk: Desk) -> None:
    """Let a primary be reachable, and type until the text is shared again."""
    desk.mend()
    desk.type_until_shared_again()


def go_on(desk: Desk) -> None:
    """Type on, until the last character is shared; then quit."""
    desk.former_returns()
    desk.type(3.0, desk.normal)
    desk.wait_until(lambda: left.is_all_shared(desk), "the last character is shared")
    finish(desk)


def finish(desk: Desk) -> None:
    """Quit the app."""
    if (code := desk.quit()) != 0:
        desk.notes.append(f"the app ended with {code}")


def sent_later(desk: Desk) -> None:
    """Wait until a session that is not at the case has sent it, or sends it at its start."""
    desk.wait_until(lambda: left.is_all_shared(desk), "what was left is shared")
    desk.note_again()
    desk.former_returns()
    finish(desk)


def write_letter(desk: Desk) -> None:
    """Go to the review, and ask for the letter."""
    desk.app.keys("escape")
    desk.app.go_to("review")
    desk.app.wait_for("Review")
    desk.app.keys("w")
    # The last sentence is not complete.
    desk.app.wait_for("Write anyway")
    desk.app.key("w")
