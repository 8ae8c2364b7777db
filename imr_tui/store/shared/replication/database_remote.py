"""The shared store as replication uses it: one connection, for one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.model.limits import required_number
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.history.versions import Event
from imr_tui.store.safety.safe_open import OWN
from imr_tui.store.shared.cases import leases, saves
from imr_tui.store.shared.cases.audit import SharedAudit
from imr_tui.store.shared.cases.versions import keep_current
from imr_tui.store.shared.replication.divergence import There
from imr_tui.store.shared.replication.share_note import digest_of_files
from imr_tui.store.signing.sealed_copies import FOLDER as SIGNED

if TYPE_CHECKING:
    from imr_tui.signing.events import EventName
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.cases.leases import Lease, LeaseRequest
    from imr_tui.store.shared.cases.saves import Fetched, Outgoing
    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.replication.remote import RemoteLease

SECONDS = 4.0
"""How long an operation may take.

Together with the pause before the next try, a text is shared within three seconds after the shared
store is reachable: a packet that was lost is repeated after 1, 3 and 7 seconds.
"""
# One statement, so that all is of the same moment.
_THERE = """
select revision, encode(digest, 'hex'),
    array(select path from files where number = cases.number order by path),
    array(select encode(digest, 'hex') from files where number = cases.number order by path),
    (select max(number) from epoch)
from cases where number = %(number)s
"""


class DatabaseRemote:
    """Implements `Remote` for the shared store."""

    def __init__(
        self, database: Database, reviewer: str, lease_seconds: float = leases.LEASE_SECONDS
    ) -> None:
        """`reviewer`: the role of new cases."""
        self._database = database
        self._reviewer = reviewer
        self._lease_seconds = lease_seconds

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection that is not known to be lost."""
        return self._database.is_connected

    def there(self, number: str) -> There | None:
        """What the shared store has of a case; None if it has none for this reviewer."""
        found = self._database.run(_THERE, {"number": required_number(number)})
        for revision, digest, paths, digests, epoch in found:
            files = digest_of_files(dict(zip(paths, digests, strict=True)))
            return There(revision, digest, files, epoch)
        return None

    def fetch(self, number: str) -> Fetched:
        """A case with its files; raises CannotStore if it is missing or damaged."""
        return saves.fetch(self._database, number)

    def claim(self, number: str, session: str, me: Holder) -> Lease:
        """Claim a case; raises Held, CannotStore."""
        return leases.claim(self._database, number, session, me, self._lease_seconds)

    def note_opened(self, number: str, session: str, me: Holder) -> None:
        """Record that a session opened a case, and keep the text that it opened as a version."""
        with self._database.transaction():
            keep_current(self._database, number, Event.OPENED)
            SharedAudit(self._database, session, me.host).append_of_cases([number], "opened")

    def create(self, session: str, outgoing: Outgoing) -> int:
        """Add a case of this reviewer; returns its revision. Raises Conflict."""
        return saves.create(self._database, session, outgoing, self._reviewer)

    def send(self, lease: RemoteLease, outgoing: Outgoing, me: Holder) -> int:
        """Save a state, and record what its files tell; returns the new revision.

        Raises ChangedElsewhere, LeaseLost.
        """
        assert isinstance(lease, leases.Lease)
        if (event := event_of(outgoing)) is None:
            return saves.send(self._database, lease, outgoing)
        with self._database.transaction():
            revision = saves.send(self._database, lease, outgoing)
            audit = SharedAudit(self._database, lease.session, me.host)
            audit.append_of_cases([outgoing.number], event)
        return revision

    def holder(self, number: str) -> Holder | None:
        """The session that has a case now, or None."""
        return leases.holder(self._database, number)

    def ask(self, number: str, session: str, me: Holder) -> LeaseRequest:
        """Ask the holder for a case; raises Held, CannotStore."""
        return leases.ask(self._database, number, session, me, self._lease_seconds)

    def close(self) -> None:
        """End the connection."""
        self._database.close()


def event_of(outgoing: Outgoing) -> EventName | None:
    """What a session did before it sends these files: it signed, or wrote a letter."""
    if any(path.startswith(f"{OWN}/{SIGNED}/") for path in outgoing.files):
        return "signed"
    return "letter written" if f"{outgoing.number}{LETTER}" in outgoing.files else None
