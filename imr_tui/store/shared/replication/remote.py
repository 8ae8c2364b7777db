"""What replication asks of the shared store; named after what Git calls a repository elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.cases.saves import Fetched, Outgoing
    from imr_tui.store.shared.replication.divergence import There


class RemoteLease(Protocol):
    """The right of one session to write one case of the shared store, as `leases.Lease`."""

    def renew(self) -> bool:
        """Prolong it; False if another session took the case. Raises Unreachable."""

    def release(self) -> None:
        """Give the case up; idempotent."""

    def request(self) -> Holder | None:
        """The session that asks for the case, or None; raises Unreachable."""

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it; raises Unreachable."""


class RemoteRequest(Protocol):
    """A request for a case, as `leases.LeaseRequest`."""

    @property
    def stands(self) -> bool:
        """Whether it is still open; raises Unreachable."""

    def withdraw(self) -> None:
        """Withdraw it; idempotent."""


class Remote(Protocol):
    """The shared store on one connection, for one thread; every method raises Unreachable."""

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection that is not known to be lost."""

    def there(self, number: str) -> There | None:
        """What the shared store has of a case; None if it has none for this reviewer."""

    def fetch(self, number: str) -> Fetched:
        """A case with its files; raises CannotStore if it is missing or damaged."""

    def claim(self, number: str, session: str, me: Holder) -> RemoteLease:
        """Claim a case; raises Held if another session has it, CannotStore."""

    def note_opened(self, number: str, session: str, me: Holder) -> None:
        """Record that a session opened a case, and keep the text that it opened as a version."""

    def create(self, session: str, outgoing: Outgoing) -> int:
        """Add a case; returns its revision. Raises Conflict if the number is taken."""

    def send(self, lease: RemoteLease, outgoing: Outgoing, me: Holder) -> int:
        """Save a state, and record what its files tell; returns the new revision.

        Raises ChangedElsewhere if another session saved since, LeaseLost if another one has it.
        """

    def holder(self, number: str) -> Holder | None:
        """The session that has a case now, or None."""

    def ask(self, number: str, session: str, me: Holder) -> RemoteRequest:
        """Ask the holder for a case; raises Held if another session already does, CannotStore."""

    def close(self) -> None:
        """End the connection; leases end by themselves."""
