"""The earlier versions of a case in the shared store."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.model.limits import required_number
from imr_tui.store.history.versions import KEPT, Event, found
from imr_tui.store.shared.cases.files import require_intact
from imr_tui.store.shared.cases.leases import lease_lost

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.store.shared.cases.leases import Lease
    from imr_tui.store.shared.connection.database import Database

_ALL = "select version, at, event from versions where number = %(number)s order by version desc"
_READ = """
select body, digest from versions where number = %(number)s and version = %(version)s
"""
_NEWEST = """
select version, digest from versions where number = %(number)s order by version desc limit 1
"""
_KEEP = """
insert into versions (number, reviewer, version, event, body, digest)
select number, reviewer, %(version)s, %(event)s, %(body)s, %(digest)s
from cases where number = %(number)s
on conflict do nothing
returning version
"""
# Only if the newest version is another text; two sessions at once keep it once.
_KEEP_CURRENT = """
insert into versions (number, reviewer, version, event, body, digest)
select number, reviewer, coalesce(newest.version, 0) + 1, %(event)s, cases.body, cases.digest
from cases left join lateral (
    select version, digest from versions where versions.number = cases.number
    order by version desc limit 1
) as newest on true
where number = %(number)s and newest.digest is distinct from cases.digest
on conflict do nothing
returning version
"""
_DROP = "delete from versions where number = %(number)s and version <= %(version)s"
_TRIES = 10


class SharedVersion(NamedTuple):
    """One kept version of a case."""

    number: int
    """Its number, higher than that of every earlier version."""
    at: datetime
    """When it was kept, in UTC, by the clock of the database."""
    event: Event
    """Why it was kept."""


class SharedVersions:
    """The versions of one case; those kept by a newer program for other events are left out."""

    def __init__(self, database: Database, number: str, lease: Lease | None = None) -> None:
        """`lease`: the claim of the session that may keep further versions."""
        self._database = database
        self._number = required_number(number)
        self._lease = lease

    def all(self) -> list[SharedVersion]:
        """All versions, newest first; raises Unreachable."""
        known = {event.value for event in Event}
        kept = self._database.run(_ALL, {"number": self._number})
        return [
            SharedVersion(number, at, Event(event)) for number, at, event in kept if event in known
        ]

    def find(self, number: int) -> SharedVersion:
        """The version with this number; raises BadInput naming those that exist."""
        return found(self.all(), number, self._number)

    def read(self, number: int) -> bytes:
        """The encoded case of a version; raises BadInput, CannotStore if it is damaged."""
        version = self.find(number)
        values = {"number": self._number, "version": version.number}
        for body, digest in self._database.run(_READ, values):
            require_intact(f"version {number} of {self._number}", body, digest)
            return bytes(body)
        raise CannotStore(f"Version {number} of {self._number} was dropped meanwhile.")

    def note(self, data: bytes, event: Event) -> bool:
        """Keep an encoded case; False if the newest version holds it already.

        Raises LeaseLost unless this session has the case, Unreachable.
        """
        if self._lease is None:
            raise lease_lost(self._number)
        with self._database.transaction():
            self._lease.lock()
            return keep_version(self._database, self._number, data, event.value)


def keep_current(database: Database, number: str, event: Event) -> None:
    """Keep the present text of a case as a version, unless the newest one is the same.

    Raises Unreachable.
    """
    values = {"number": number, "event": event.value}
    for (version,) in database.run(_KEEP_CURRENT, values):
        database.run(_DROP, {"number": number, "version": version - KEPT})


def keep_version(database: Database, number: str, data: bytes, event: str) -> bool:
    """Keep a version, and drop those beyond KEPT; False if the newest one holds it already.

    To be called in a transaction, in which the session has locked its lease or created the case.
    Raises CannotStore.
    """
    digest, is_always_kept = hashlib.sha256(data).digest(), Event(event).is_always_kept
    values = {"number": number, "event": event, "body": data, "digest": digest}
    for _ in range(_TRIES):
        newest, held = next(iter(database.run(_NEWEST, {"number": number})), (0, b""))
        if held == digest and not is_always_kept:
            return False
        if database.run(_KEEP, {**values, "version": newest + 1}):
            database.run(_DROP, {"number": number, "version": newest + 1 - KEPT})
            return True
    raise CannotStore(f"No further version of {number} could be kept in the shared store.")
