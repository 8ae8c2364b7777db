"""What a session is at when the servers of the shared store fail."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.soak.failures import acting, typing
from tests.soak.failures.desk import Desk
from tests.soak.failures.material import Place
from tests.soak.failures.typing import typing_for


class State(NamedTuple):
    """What a session is at."""

    act: Callable[[Desk], None]
    """Lets the servers fail in the state and come back, until the text is shared."""
    place: Place = "summary"
    words: int = 0
    """How many the text has when it is opened."""


STATES: Mapping[str, State] = {
    "first text": State(typing.first_text),
    "just shared": State(typing_for(0.0)),
    "shared 1/4 s ago": State(typing_for(0.25)),
    "shared 1/2 s ago": State(typing_for(0.5)),
    "shared 3/4 s ago": State(typing_for(0.75)),
    "in a save": State(typing.in_a_save),
    "idle": State(typing.idle),
    "idle afterwards": State(typing.thinking),
    "lease ends": State(typing.lease_ends),
    "fails twice": State(typing.twice),
    "long text": State(typing_for(0.1), words=20_000),
    "rationale": State(typing_for(0.4), place="rationale"),
    "form of an item": State(typing_for(0.6), place="item"),
    "paste": State(typing.pasting),
    "leaving": State(acting.leaving),
    "opening": State(acting.opening),
    "being opened": State(acting.opening_then),
    "letter": State(acting.letter, place="complete"),
    "letter in time": State(acting.letter_comes, place="complete"),
    "quitting": State(acting.quitting),
    "hung up": State(acting.hung_up),
    "killed": State(acting.killed),
    "stalled line": State(typing.unread),
}
"""Each state under its name."""
