"""The claim on a case in the folder and in the shared store at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.store.locking.claim import Claim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.replication_thread import Replication


class SharedClaim:
    """Implements `CaseClaim` without waiting for the network."""

    def __init__(self, local: Claim, replication: Replication) -> None:
        """`local` is the folder's claim, which the replication gives up when it has ended."""
        self._local = local
        self.replication = replication
        """Sends the texts of the case."""
        self._is_released = False

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""
        return not self._is_released

    def renew(self) -> bool:
        """Keep it; False if another session has the case, in the folder or in the shared store.

        It stays valid while the shared store is unreachable.
        """
        return self._local.renew() and self.replication.state.kind != "lost"

    def release(self) -> None:
        """Give the case up once its newest text was sent, or could not be; returns at once."""
        self._is_released = True
        self.replication.close()

    def request(self) -> Holder | None:
        """The session that asks for the case, on this host or another one, or None."""
        return self._local.request() or self.replication.request

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it."""
        self._local.refuse()
        self.replication.refuse()
