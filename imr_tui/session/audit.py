"""Records in the audit log what is done to the open case, on the thread that saves it."""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from imr_tui.model.case import Case
    from imr_tui.session.open_case import OpenCase
    from imr_tui.signing.events import EventName
    from imr_tui.store.cases.folder import Folder

_NAMES: dict[Event, EventName] = {
    Event.OPENED: "opened",
    Event.TAKEN_OVER: "taken over",
    Event.LETTER: "letter written",
}
"""The events of a case that the log has, too; at the others, only edits are recorded."""
_BEGINNINGS = (Event.OPENED, Event.TAKEN_OVER)


class Audit:
    """Records events; a log that cannot be written is told once, and changes nothing else."""

    def __init__(
        self, folder: Folder, clock: Callable[[], datetime], failed: Callable[[ImrError], object]
    ) -> None:
        """`failed` is called on a thread with the first error."""
        self._folder = folder
        self._clock = clock
        self._failed = failed
        self._trail: Trail | None = None
        self._has_failed = False

    def note(self, session: OpenCase, event: Event) -> None:
        """Record what happened to the open case, after the edits before it."""
        now = self._clock()
        if event in _BEGINNINGS:
            self._trail = Trail(session, self._record)
            # The file as it was read; the first save may come before the event is recorded.
            self._trail.add(_NAMES[event], now, session.file.base)
        else:
            self.note_edits()
            if self._trail is not None and event in _NAMES:
                self._trail.add(_NAMES[event], now)

    def note_export(self) -> None:
        """Record that a file was made of the open case, after the edits before it."""
        self.note_edits()
        if self._trail is not None:
            self._trail.add("exported", self._clock())

    def note_edits(self) -> None:
        """Record the edits since the last event, if any."""
        if self._trail is not None:
            self._trail.add_edits(self._clock())

    def note_unlocked(self, session: OpenCase | None) -> None:
        """Record that the PIN was typed; on a thread without an open case."""
        if session is not None and self._trail is not None:
            self._trail.add("unlocked", self._clock())
        else:
            task = partial(self._record, "", "unlocked", (), "", self._clock())
            Thread(target=task, name="audit", daemon=True).start()

    def note_import(self, number: str) -> None:
        """Record that a letter became a case; for a thread."""
        from imr_tui.services.record_events import content_of

        content = content_of(self._folder.path_of(number))
        self._record(number, "imported", (), content, self._clock())

    def _record(
        self, number: str, event: EventName, fields: Sequence[str], content: str, now: datetime
    ) -> bool:
        """Record an event; False if that failed. For any thread but that of the session."""
        # Loaded here, since the first frame does without.
        from imr_tui.services.record_events import record

        try:
            record(self._folder.path, number, event, fields, content, now=now)
        except ImrError as error:
            if not self._has_failed:
                self._has_failed = True
                self._failed(error)
            return False
        return True


def failure_in_words(error: ImrError) -> str:
    """What to say about a log that cannot be written."""
    return f"{error} The case is saved all the same. Tell your administrator."


class Trail:
    """What the log has of one open case, from opening it to leaving it."""

    def __init__(
        self,
        session: OpenCase,
        record: Callable[[str, EventName, Sequence[str], str, datetime], bool],
    ) -> None:
        self._session = session
        self._record = record
        self._number = session.case.number
        self._logged = session.case
        """The case at the last recorded edit; only for the saver's thread."""

    def add(self, event: EventName, now: datetime, base: str = "") -> None:
        """Record an event once the case is saved; of a case as it was read, give `base`."""
        self._session.then(partial(self._add, event, now, base))

    def add_edits(self, now: datetime) -> None:
        """Record which fields were edited, once the case is saved."""
        if self._session.takes_edits:
            self._session.then(partial(self._add_edits, self._session.kept_case, now))

    def _add(self, event: EventName, now: datetime, base: str) -> None:
        from imr_tui.services.record_events import content_of
        from imr_tui.signing.digest import is_sha256

        content = base if is_sha256(base) else content_of(self._session.file.path)
        self._record(self._number, event, (), content, now)

    def _add_edits(self, case: Case, now: datetime) -> None:
        from imr_tui.domain.changed_fields import changed_fields
        from imr_tui.signing.digest import sha256

        if fields := changed_fields(self._logged, case):
            content = sha256(self._session.file.bytes_of(case))
            if self._record(self._number, "edited", fields, content, now):
                self._logged = case
