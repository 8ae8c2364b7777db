"""Undoes and redoes edits of the open case, and says what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.session.open_case import OpenCase


class Turn(NamedTuple):
    """What is said of a step that was undone or redone."""

    did: str
    """The beginning of the sentence."""
    reverses: str
    """Which command reverses it."""
    nothing: str
    """The sentence where there is no such step."""


UNDONE = Turn("Undone", "redo redoes", "There is nothing to undo.")
REDONE = Turn("Redone", "undo undoes", "There is nothing to redo.")


def turned(session: PlainSession, turn: Turn, apply: Callable[[OpenCase], bool]) -> str:
    """Let `apply` undo or redo a step; what changed, as a sentence; blank if it was refused."""
    from imr_tui.domain import changes

    before = session.case
    if not session.apply(apply):
        return ""
    if session.case is before:
        return turn.nothing
    found = changes.describe(before, session.case)
    return changes.sentence(turn.did, found, turn.reverses) if found else f"{turn.did}."
