"""Watches for programs that write the file of the open case and sessions that ask for the case."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.session.events import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
    FileChanged,
)
from imr_tui.store.locking.holder import Holder
from imr_tui.store.locking.poller import Poll, Poller

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.session.events import SessionEvent
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim, CaseClaims, CaseRequest

IDLE_SECONDS = 60.0
"""After so long without a key, a session gives its case to one that asks for it."""
WITHDRAW_SECONDS = 0.2
"""How long leaving a case waits until its request for it is withdrawn."""


class ClaimMonitor:
    """Watches on a thread, so that a stalled connection makes no difference."""

    def __init__(
        self,
        file: CaseFile,
        claims: CaseClaims,
        claim: CaseClaim | None,
        tell: Callable[[SessionEvent], object],
        let_go: Callable[[], bool],
        part: Callable[[], object],
        *polls: Poll,
    ) -> None:
        """`let_go`: stops writing the file; `part`: keeps both texts; `polls`: further polls."""
        self._file = file
        self._number = file.path.stem
        self._claims = claims
        self._claim = claim
        self._tell = tell
        self._let_go = let_go
        self._part = part
        self._touched = time.monotonic()
        self._answered: Holder | None = None
        self._request: CaseRequest | None = None
        self._was_free = False
        self._was_changed = False
        self.ignores_file = False
        """Whether changes of the file are not reported, as this session signs it."""
        self._told: tuple[int, ...] = ()
        self._poller = Poller(self._look_at_claim, self._look_at_file, *polls)

    def note_key(self) -> None:
        """Note that the reviewer typed."""
        self._touched = time.monotonic()

    @property
    def claim(self) -> CaseClaim | None:
        """The claim, if it is held."""
        return self._claim if self._is_holder else None

    def close(self, *, keeps_claim: bool = False) -> None:
        """Stop watching, and release the claim unless it is kept."""
        self._poller.close()
        if self._request is not None:
            # Of another host, it may wait for the network.
            withdrawing = Thread(target=_withdraw, args=(self._request,), daemon=True)
            withdrawing.start()
            withdrawing.join(WITHDRAW_SECONDS)
        if not keeps_claim:
            self.release()

    def release(self) -> None:
        """Release the claim; from any thread."""
        if self._claim is not None:
            self._claim.release()

    def ask(self, me: Holder) -> None:
        """Ask the holder for the case, on a thread.

        Raises Held if another session asks already, CannotStore.
        """
        if self._request is None or not self._request.stands:
            self._request = self._claims.ask(self._number, me)

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it."""
        if self._claim is not None:
            self._claim.refuse()

    def give(self, to: Holder) -> bool:
        """Give the case to the session that asks for it, once all is saved; from any thread."""
        if self._claim is None or not self._claim.is_held or not self._let_go():
            return False
        self._claim.release()
        # The other session takes it next, so it is not reported as free.
        self._was_free = True
        self._tell(ClaimLost(to))
        return True

    @property
    def _is_holder(self) -> bool:
        return self._claim is not None and self._claim.is_held

    def _look_at_claim(self) -> None:
        if self._claim is None or not self._claim.is_held:
            self._look_for_release()
        elif not self._claim.renew():
            self._lose(self._claim)
        else:
            self._look_for_request(self._claim.request())

    def _lose(self, claim: CaseClaim) -> None:
        """Stop writing: another session took the case over while this one was stopped."""
        if self._let_go():
            claim.release()
            holder = None
            with suppress(ImrError):
                holder = self._claims.holder(self._number)
            self._tell(ClaimLost(holder or Holder()))

    def _look_for_request(self, holder: Holder | None) -> None:
        if holder is None:
            if self._answered is not None:
                self._tell(ClaimWithdrawn())
            self._answered = None
        elif time.monotonic() - self._touched > IDLE_SECONDS:
            self.give(holder)
        elif holder != self._answered:
            self._answered = holder
            self._tell(ClaimAsked(holder))

    def _look_for_release(self) -> None:
        holder = self._claims.holder(self._number)
        if holder is None and not self._was_free:
            self._tell(ClaimFree(self._request is not None))
        elif holder and self._request is not None and not self._request.stands:
            self._request = None
            self._tell(ClaimRefused(holder))
        self._was_free = holder is None

    def _look_at_file(self) -> None:
        if not self._is_holder:
            self._follow_file()
            return
        changed = not self._file.is_apart and self._file.is_changed()
        if self.ignores_file:
            return
        if changed and not self._was_changed:
            # Both texts are kept before it is reported, whatever is typed meanwhile.
            self._part()
            self._tell(FileChanged())
        self._was_changed = changed

    def _follow_file(self) -> None:
        """Report each state of a file that another session writes, once.

        The file may be outdated again by the time the last state was read.
        """
        if self._file.is_outdated() and (state := _state_of(self._file.path)) != self._told:
            self._told = state
            self._tell(FileChanged())


def _withdraw(request: CaseRequest) -> None:
    # What cannot be withdrawn ends with this session.
    with suppress(ImrError):
        request.withdraw()


def _state_of(path: Path) -> tuple[int, ...]:
    """Identifies a state of a file; blank if it is gone."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size
