"""What became of a case that was copied into or out of the shared store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import Conflict

if TYPE_CHECKING:
    from imr_tui.errors import ImrError

Kind = Literal["copied", "same", "refused"]


class Outcome(NamedTuple):
    """What became of one case."""

    number: str
    """The case."""
    kind: Kind
    """Whether it was copied, was there already, or was refused."""
    error: ImrError | None = None
    """Why it was refused."""


def copied(number: str) -> Outcome:
    """A case that is new where it was copied to."""
    return Outcome(number, "copied")


def same(number: str) -> Outcome:
    """A case that was there already, with the same files."""
    return Outcome(number, "same")


def refused(number: str, error: ImrError) -> Outcome:
    """A case that was not copied."""
    return Outcome(number, "refused", error)


def conflict(number: str, why: str) -> Outcome:
    """A case that was not copied, because what is there already differs."""
    return refused(number, Conflict(f"{number}: {why}. Nothing was changed."))
