"""The events of the shared store: who did what with which case, added and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from imr_tui.signing.events import EventName
    from imr_tui.store.shared.connection.database import Database

    SharedEventName = EventName | Literal["assigned"]
    """What happens to a case of the shared store; only there is a case assigned."""

# The database adds the time, and the role.
_APPEND = """
insert into audit (entry, host, session, number, event, digest)
values (%(entry)s, %(host)s, %(session)s, %(number)s, %(event)s, %(digest)s)
on conflict (entry) do nothing
"""
_APPEND_OF_CASES = """
insert into audit (entry, host, session, number, event, digest)
select gen_random_uuid(), %(host)s, %(session)s, number, %(event)s, digest
from cases where number = any(%(numbers)s)
"""
_EVENTS = """
select at, who, host, session, number, event, digest from audit
where number = %(number)s order by at, entry
"""


class SharedEvent(NamedTuple):
    """Something that happened to a case."""

    at: datetime
    """When, in UTC, by the clock of the database."""
    who: str
    """The database role that did it."""
    host: str
    """The machine of its session."""
    session: str
    """The session."""
    number: str
    """The case."""
    event: str
    """What happened, as in `SharedEventName`; a newer program may have added others."""
    digest: bytes | None
    """The SHA-256 of what it is about, or None."""


class SharedAudit:
    """The events that this role may see: its own ones, or all for a coordinator."""

    def __init__(self, database: Database, session: str, host: str) -> None:
        """`session` and `host` are noted with each event."""
        self._database = database
        self.session = session
        """The session, as in `session_id`."""
        self._host = host

    def append(
        self,
        number: str,
        event: SharedEventName,
        digest: bytes | None = None,
        entry: UUID | None = None,
    ) -> UUID:
        """Add an event; returns its id, with which it can be repeated after Unreachable."""
        entry = entry or uuid4()
        values = {
            "entry": entry,
            "host": self._host,
            "session": self.session,
            "number": number,
            "event": event,
            "digest": digest,
        }
        self._database.run(_APPEND, values)
        return entry

    def append_of_cases(self, numbers: Sequence[str], event: SharedEventName) -> None:
        """Add an event of each case with the digest of its file; in the caller's transaction."""
        values = {"host": self._host, "session": self.session, "numbers": list(numbers)}
        self._database.run(_APPEND_OF_CASES, {**values, "event": event})

    def events(self, number: str) -> list[SharedEvent]:
        """The events of a case, oldest first; raises Unreachable."""
        return [SharedEvent(*each) for each in self._database.run(_EVENTS, {"number": number})]
