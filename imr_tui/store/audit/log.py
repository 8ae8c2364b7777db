"""The audit log of a folder of cases: events are added at its end, and never changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing import events
from imr_tui.signing.digest import sha256
from imr_tui.signing.event_chain import Chain, check_chain
from imr_tui.signing.events import LoggedEvent
from imr_tui.signing.head import MAX_EVENTS, Head
from imr_tui.store.audit import anchor, log_files, log_write
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.safety import atomic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from imr_tui.signing.event_chain import Line
    from imr_tui.signing.events import EventName


class Occurrence(NamedTuple):
    """Something to record."""

    case: str
    """The case number; blank for what belongs to no case."""
    event: EventName
    """What happened."""
    fields: tuple[str, ...] = ()
    """The paths of the fields that changed."""
    content: str = ""
    """The SHA-256 of what it is about, or blank."""
    signer: str = ""
    """The principal of a signature, or blank."""


class AuditLog:
    """The log in `.imr/log`, a file for each year.

    Each line holds the digest of the line before it, so that its last line stands for all.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is the folder of cases; nothing is created before the first event."""
        self._folder = folder

    def append(
        self,
        case: str,
        event: EventName,
        fields: Sequence[str] = (),
        content: str = "",
        *,
        now: datetime,
        signer: str = "",
    ) -> Head:
        """Add an event of this account, durably; returns the new head.

        `fields` are paths of fields, `content` is a SHA-256 or blank, and `signer` the principal of
        a signature. Raises CannotStore with
        the log as it was, BadInput for a value that the log must not hold.
        """
        return self.append_all([Occurrence(case, event, tuple(fields), content, signer)], now=now)

    def append_all(self, happened: Sequence[Occurrence], *, now: datetime) -> Head:
        """Add events as `append` does, all at once: one that the log must not hold stops all."""
        log = log_files.log_folder(self._folder)
        atomic.make_folders(log, self._folder)
        with log_write.locked(log):
            head = self.head() or Head(0, events.NO_DIGEST)
            lines, at, account = [], now.astimezone(UTC), account_name()
            for each in happened:
                lines.append(_line_after(head, each, at, account))
                head = Head(head.seq + 1, sha256(lines[-1]))
            log_write.add_lines(self._file(at.year), lines)
            anchor.note(self._folder, head, self.holding)
            return head

    def head(self) -> Head | None:
        """The last event; None for a log without events. Raises CannotStore."""
        passed = 0
        newest = ""
        for line in log_files.newest_lines(self._folder):
            newest = newest or sha256(line.data)
            if (seq := _number(line)) is not None:
                return Head(seq + passed, newest)
            # A damaged line still counts, so that the log can be continued.
            passed += 1
        return Head(passed, newest) if passed else None

    def holding(self, heads: Collection[Head]) -> frozenset[Head]:
        """Those of `heads` that are in the log; reads no older events. Raises CannotStore."""
        oldest = min((head.seq for head in heads), default=MAX_EVENTS)
        found = set()
        for line in log_files.newest_lines(self._folder):
            seq = _number(line)
            if seq is not None and seq < oldest:
                break
            found.add(Head(seq or 0, sha256(line.data)))
        return frozenset(found.intersection(heads))

    def events(
        self, case: str = "", name: EventName | None = None, content: str = ""
    ) -> Iterator[LoggedEvent]:
        """The events of a case, with a name, or about a content; oldest first.

        What is blank or None stands for all. Damaged lines are left out. Raises CannotStore.
        """
        # Found in the bytes first, since a log may have 100,000 lines to read.
        wanted = [each.encode() for each in (case, name, content) if each]
        for line in log_files.lines(self._folder):
            if not (line.is_complete and all(each in line.data for each in wanted)):
                continue
            with suppress(BadInput):
                event = events.parse(line.data)
                if (
                    case in ("", event.case)
                    and name in (None, event.event)
                    and content in ("", event.content)
                ):
                    yield event

    def check(self, expected: Collection[Head] = ()) -> Chain:
        """Check the whole log, and whether it holds the `expected` heads; raises CannotStore."""
        return check_chain(log_files.lines(self._folder), expected)

    def _file(self, year: int) -> Path:
        """The file for the next event: never an earlier year's, whatever the clock says."""
        log = log_files.log_folder(self._folder)
        name = f"{year:04}.jsonl"
        newest = [path.name for path in log_files.year_files(self._folder)[-1:]]
        return log / max([name, *newest])


def _line_after(before: Head, what: Occurrence, at: datetime, account: str) -> bytes:
    """The line of an event that follows `before`; raises BadInput if the log must not hold it."""
    logged = LoggedEvent(
        seq=before.seq + 1,
        at=at,
        account=account,
        case=what.case,
        event=what.event,
        fields=what.fields,
        content=what.content,
        previous=before.sha256,
        signer=what.signer,
    )
    line = events.encode(logged)
    # What a check would refuse is not written.
    events.parse(line)
    return line


def _number(line: Line) -> int | None:
    """The number of the event of a line; None for a damaged line."""
    try:
        return events.parse(line.data).seq
    except BadInput:
        return None
