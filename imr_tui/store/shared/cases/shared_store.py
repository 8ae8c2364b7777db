"""The shared store as a store of cases: what a folder does, without a folder."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from imr_tui.model.limits import required_number
from imr_tui.model.size import Scale, require_allowed
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.letter_file import letter_files
from imr_tui.store.shared.cases import leases
from imr_tui.store.shared.cases.files import files_of, write_files
from imr_tui.store.shared.cases.opened_case import SharedCase
from imr_tui.store.shared.cases.saves import Outgoing, create, fetch
from imr_tui.store.shared.cases.versions import SharedVersions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imr_tui.model.case import Case
    from imr_tui.store.history.versions import Event
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.cases.columns import Columns
    from imr_tui.store.shared.cases.leases import Lease, LeaseRequest
    from imr_tui.store.shared.connection.database import Database


class SharedStore:
    """One session on the shared store; implements `CaseStore`. Not thread-safe."""

    def __init__(
        self,
        database: Database,
        session: str,
        reviewer: str,
        columns: Callable[[Case, bytes], Columns],
        lease_seconds: float = leases.LEASE_SECONDS,
    ) -> None:
        """`session`: its unique name, as of `session_id`; `reviewer`: the role of new cases.

        `columns`: what the shared store knows of a case besides its file, as `columns_of`.
        """
        self._database = database
        self._session = session
        self._reviewer = reviewer
        self._columns = columns
        self._lease_seconds = lease_seconds
        self._leases: dict[str, Lease] = {}
        self._sequence = count(1)

    def open(self, number: str) -> SharedCase:
        """Open a case; raises BadInput, CannotStore or Unreachable."""
        found = fetch(self._database, number)
        case = decode(found.body, f"{number} in the shared store")
        return SharedCase(self._database, case, found.revision, self._leases.get, self._next_save)

    def new(self, case: Case, event: Event | None = None) -> int:
        """Create a case, with a first version if `event` is given; returns its revision.

        Raises Conflict if its number is taken, LimitReached if the case is too large, Unreachable.
        """
        require_allowed(Scale().size(case))
        data = encode(case)
        sequence, columns = self._next_save(case, data)
        kept = event.value if event else ""
        outgoing = Outgoing(case.number, data, columns, 0, sequence, event=kept)
        return create(self._database, self._session, outgoing, self._reviewer)

    def versions(self, number: str) -> SharedVersions:
        """The earlier versions of a case."""
        return SharedVersions(self._database, number, self._leases.get(number))

    def write_letter(
        self, number: str, letter: str, case: Case | None = None, now: datetime | None = None
    ) -> None:
        """Store the letter of a case, and the record of it, as a folder has them.

        Raises LeaseLost unless this session has the case, Unreachable.
        """
        lease = self._leases.get(required_number(number))
        if lease is None:
            raise leases.lease_lost(number)
        write_files(self._database, lease, letter_files(number, letter.encode("ascii"), case, now))

    def files(self, number: str) -> dict[str, bytes]:
        """The files of a case besides its case file; raises CannotStore, Unreachable."""
        return files_of(self._database, number)

    def claim(self, number: str, me: Holder) -> Lease:
        """Claim a case; raises Held, CannotStore or Unreachable."""
        lease = leases.claim(self._database, number, self._session, me, self._lease_seconds)
        self._leases[number] = lease
        return lease

    def holder(self, number: str) -> Holder | None:
        """The session that has a case now, or None; raises Unreachable."""
        return leases.holder(self._database, number)

    def ask(self, number: str, me: Holder) -> LeaseRequest:
        """Ask the holder for a case; raises Held, CannotStore or Unreachable."""
        return leases.ask(self._database, number, self._session, me, self._lease_seconds)

    def _next_save(self, case: Case, data: bytes) -> tuple[int, Columns]:
        return next(self._sequence), self._columns(case, data)
