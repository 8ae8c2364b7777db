"""What threads report to a session of plain mode, which says it before its next prompt."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from imr_tui.session.events import SessionEvent

if TYPE_CHECKING:
    from imr_tui.errors import ImrError


class SaveReport(NamedTuple):
    """The saver has tried to save the open case."""

    error: ImrError | None
    """Why it is not saved, or None if it is."""


class DraftsReport(NamedTuple):
    """The saver has tried to save answers that the case does not hold yet."""

    error: ImrError | None
    """Why they are not saved, or None if they are."""


class AuditFailed(NamedTuple):
    """The audit log cannot be written."""

    error: ImrError
    """Why."""


class ShareReport(NamedTuple):
    """The replication thread reported how the open case stands in the shared store."""


class Told(NamedTuple):
    """A sentence for the reviewer."""

    sentence: str
    """The sentence; one about an error begins with `Error: `."""


class Fault(NamedTuple):
    """A thread failed with an error that is no ImrError."""

    error: Exception
    """The error."""


Report: TypeAlias = (
    SessionEvent | SaveReport | DraftsReport | AuditFailed | ShareReport | Told | Fault
)
"""One of them."""


class Reports:
    """A queue of reports, from any thread."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Report] = SimpleQueue()

    def put(self, report: Report) -> None:
        """Add a report."""
        self._queue.put(report)

    def take(self) -> Iterator[Report]:
        """Remove and return the reports that are there, the oldest first."""
        while True:
            try:
                yield self._queue.get_nowait()
            except Empty:
                return
