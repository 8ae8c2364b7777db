"""Checks that the lines of an audit log follow each other, so that no change goes unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing import events
from imr_tui.signing.digest import sha256
from imr_tui.signing.head import Head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MAX_FAULTS = 20
"""How many faults are told one by one; a damaged disk may give thousands."""


class Line(NamedTuple):
    """A line of a log file."""

    file: str
    """The name of the file."""
    number: int
    """Its 1-based number in the file."""
    data: bytes
    """The line, without its line break."""
    is_complete: bool = True
    """Whether it has a line break."""

    def __str__(self) -> str:
        return f"{self.file} line {self.number}"


class Chain(NamedTuple):
    """What a check of a whole log found."""

    head: Head | None
    """The last event; None for a log without events."""
    faults: tuple[str, ...] = ()
    """What is wrong, as sentences."""
    missing: tuple[Head, ...] = ()
    """Those of the expected heads that the log does not hold."""


def check_chain(lines: Iterable[Line], expected: Collection[Head] = ()) -> Chain:
    """Check all lines of a log, in order, and whether it holds the `expected` heads."""
    check = _Check(expected)
    for line in lines:
        if line.is_complete:
            check.take(line)
        else:
            check.note(f"{line} is incomplete. A power failure can leave such a line.")
    return check.result()


class _Check:
    """The state of a check between two lines."""

    def __init__(self, expected: Collection[Head]) -> None:
        self._expected = set(expected)
        self._wanted = {head.seq for head in expected}
        self._seq, self._sha256 = 0, events.NO_DIGEST
        self._faults: list[str] = []
        self._count = 0

    def take(self, line: Line) -> None:
        """Check that a line is an event, and follows the line before it."""
        try:
            event = events.parse(line.data)
        except BadInput:
            self.note(f"{line} is not an event as imr-tui writes it.")
            self._seq += 1
        else:
            self._compare(line, event)
            self._seq = event.seq
        self._sha256 = sha256(line.data)
        if self._seq in self._wanted:
            self._expected.discard(Head(self._seq, self._sha256))

    def note(self, fault: str) -> None:
        """Add a fault."""
        self._count += 1
        if self._count <= MAX_FAULTS:
            self._faults.append(fault)

    def result(self) -> Chain:
        """What the check found."""
        more = self._count - len(self._faults)
        faults = (*self._faults, *([f"The log has {more} more faults."] if more else []))
        head = Head(self._seq, self._sha256) if self._seq else None
        return Chain(head, faults, tuple(sorted(self._expected)))

    def _compare(self, line: Line, event: events.LoggedEvent) -> None:
        due = self._seq + 1
        if event.seq != due:
            self.note(f"{line} is event {event.seq}, but event {due} is due there.")
        elif event.previous != self._sha256:
            before = f"Event {self._seq}" if self._seq else "The beginning of the log"
            self.note(f"{before} was changed after event {event.seq} was recorded in {line}.")
