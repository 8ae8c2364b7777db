"""A case opened from the shared store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.cases.case_codec import encode
from imr_tui.store.shared.cases.leases import lease_lost
from imr_tui.store.shared.cases.saves import Outgoing, send
from imr_tui.store.shared.cases.versions import SharedVersions

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.model.case import Case
    from imr_tui.store.shared.cases.columns import Columns
    from imr_tui.store.shared.cases.leases import Lease
    from imr_tui.store.shared.connection.database import Database


class SharedCase:
    """A case as it was read, and where its session saves the next state."""

    def __init__(
        self,
        database: Database,
        case: Case,
        revision: int,
        lease_of: Callable[[str], Lease | None],
        next_save: Callable[[Case, bytes], tuple[int, Columns]],
    ) -> None:
        """`lease_of`: the session's claim on a case, if it has one.

        `next_save`: the session's count of saves, incremented, and the columns of a state.
        """
        self._database = database
        self.case = case
        """The case as it was read."""
        self.revision = revision
        """The revision that was read, or saved last."""
        self._lease_of = lease_of
        self._next_save = next_save

    @property
    def versions(self) -> SharedVersions:
        """Its earlier versions; the session can keep further ones while it has the case."""
        number = self.case.number
        return SharedVersions(self._database, number, self._lease_of(number))

    def save(self, case: Case) -> None:
        """Save a later state, but only over the one that was last read or written here.

        Raises ChangedElsewhere if another session saved one, LeaseLost unless this session has the
        case, and Unreachable, after which it can be repeated.
        """
        lease = self._lease_of(self.case.number)
        if lease is None:
            raise lease_lost(self.case.number)
        data = encode(case)
        sequence, columns = self._next_save(case, data)
        outgoing = Outgoing(self.case.number, data, columns, self.revision, sequence)
        self.revision = send(self._database, lease, outgoing)
