"""The lease of one session on one case: claimed, renewed when that is due, and claimed again."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, Conflict, Unreachable
from imr_tui.store.locking.sessions import has_ended_here
from imr_tui.store.shared.replication.share_note import read_note

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.cases.saves import Outgoing
    from imr_tui.store.shared.replication.divergence import There
    from imr_tui.store.shared.replication.remote import Remote, RemoteLease

RENEW_SECONDS = 10.0
"""How often the lease is renewed."""


class CaseLease:
    """The lease of a session that has the claim of `folder` on the case; not thread-safe."""

    def __init__(self, folder: Path, number: str, session: str, me: Holder, remote: Remote) -> None:
        self._folder = folder
        self._number = number
        self._session = session
        self._me = me
        self._remote = remote
        self._lease: RemoteLease | None = None
        self.held_at = float("-inf")
        """When it was held for certain, in seconds of the monotonic clock."""

    def claim(self) -> There:
        """Claim the case; what the shared store has of it then.

        Raises Held, Unreachable, and CannotStore for a case of another reviewer.
        """
        try:
            lease = self._remote.claim(self._number, self._session, self._me)
        except Conflict:
            if not self._end_killed_session():
                raise
            lease = self._remote.claim(self._number, self._session, self._me)
        if (there := self._remote.there(self._number)) is None:
            raise foreign(self._number)
        # Not before: a lease counts only once the text was compared with that of the folder.
        self._lease, self.held_at = lease, time.monotonic()
        return there

    def keep(self, *, now: bool) -> bool:
        """Renew it if that is due, if the connection was lost, or `now`; False if it was lost.

        Raises Unreachable.
        """
        if self._lease is None:
            return False
        is_due = time.monotonic() - self.held_at >= RENEW_SECONDS
        if is_due or now or not self._remote.is_connected:
            if not self._lease.renew():
                self._lease = None
                return False
            self.held_at = time.monotonic()
        return True

    def send(self, outgoing: Outgoing) -> int:
        """Save a state; returns the revision. Raises LeaseLost, ChangedElsewhere, Unreachable."""
        assert self._lease is not None
        return self._remote.send(self._lease, outgoing, self._me)

    def note_opened(self) -> None:
        """Record that the case was opened; the log of the folder has it, too, if that fails."""
        with suppress(Unreachable):
            self._remote.note_opened(self._number, self._session, self._me)

    def request(self) -> Holder | None:
        """The session that asks for the case, or None; raises Unreachable."""
        return self._lease.request() if self._lease is not None else None

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it; raises Unreachable."""
        if self._lease is not None:
            self._lease.refuse()

    def release(self) -> None:
        """Give it up; if the store is unreachable, it ends by itself."""
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def _end_killed_session(self) -> bool:
        """End the lease of the folder's last session, if its process is gone; whether it did."""
        note = read_note(self._folder, self._number)
        if note is None or not has_ended_here(note.session) or note.session == self._session:
            return False
        try:
            self._remote.claim(self._number, note.session, self._me).release()
        except Conflict:
            return False
        return True


def foreign(number: str) -> CannotStore:
    """The error for a case that the shared store has for another reviewer."""
    return CannotStore(
        f"{number} is assigned to another reviewer in the shared store, so it is not sent. Your "
        "text is kept here. Ask your site."
    )
