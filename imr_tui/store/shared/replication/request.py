"""A request for a case in the shared store, on a connection that several threads use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import Unreachable

if TYPE_CHECKING:
    import threading

    from imr_tui.store.shared.replication.remote import RemoteRequest


class SharedRequest:
    """Implements `CaseRequest`; to be used on a thread, as it waits for the network."""

    def __init__(self, request: RemoteRequest, lock: threading.Lock) -> None:
        """`lock` is that of the connection of `request`."""
        self._request = request
        self._lock = lock

    @property
    def stands(self) -> bool:
        """Whether it is still open; so it counts while the shared store is unreachable."""
        try:
            with self._lock:
                return self._request.stands
        except Unreachable:
            return True

    def withdraw(self) -> None:
        """Withdraw it; idempotent."""
        with self._lock:
            self._request.withdraw()
