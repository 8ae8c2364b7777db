"""What others do to the open case: programs that write its file, sessions that want to have it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from imr_tui.store.locking.poller import Poll, Poller
from imr_tui.ui.messages import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
    FileChanged,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.message import Message

    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.locking.claim import Claim, Holder, Request

IDLE_SECONDS = 60.0
"""A session in which no key was pressed for so long gives its case to one that asks for it."""


class ClaimMonitor:
    """Watches on a thread of its own, so that a link that stalls makes no difference."""

    def __init__(
        self,
        file: CaseFile,
        claim: Claim | None,
        tell: Callable[[Message], object],
        let_go: Callable[[], bool],
        part: Callable[[], object],
        *polls: Poll,
    ) -> None:
        self._file = file
        self._folder, self._number = file.path.parent, file.path.stem
        self._claim = claim
        self._tell = tell
        self._let_go = let_go
        self._part = part
        self._touched = time.monotonic()
        self._answered: Holder | None = None
        self._request: Request | None = None
        self._was_free = False
        self._was_changed = False
        self._told: tuple[int, ...] = ()
        self._poller = Poller(self._look_at_claim, self._look_at_file, *polls)

    def note_key(self) -> None:
        """Take note that the reviewer is there."""
        self._touched = time.monotonic()

    def close(self) -> None:
        """Watch no more, and give the case up."""
        self._poller.close()
        if self._request is not None:
            self._request.withdraw()
        self.release()

    def release(self) -> None:
        """Give the case up; from any thread."""
        if self._claim is not None:
            self._claim.release()

    def ask(self, me: Holder) -> None:
        """Ask who has the case for it; raises Held if somebody else does so, CannotStore."""
        if self._request is None or not self._request.stands:
            from imr_tui.store.locking.claim import ask

            self._request = ask(self._folder, self._number, me)

    def refuse(self) -> None:
        """Keep the case from who asked for it."""
        if self._claim is not None:
            self._claim.refuse()

    def give(self, to: Holder) -> bool:
        """Give the case to who asked for it, once all is on the disk; from any thread."""
        if self._claim is None or not self._claim.is_held or not self._let_go():
            return False
        self._claim.release()
        # It is about to be taken, which is no news.
        self._was_free = True
        self._tell(ClaimLost(to))
        return True

    @property
    def _is_holder(self) -> bool:
        return self._claim is not None and self._claim.is_held

    def _look_at_claim(self) -> None:
        if self._claim is None or not self._claim.is_held:
            self._look_whether_it_is_free()
        elif not self._claim.renew():
            self._lose(self._claim)
        else:
            self._look_who_asks(self._claim.request())

    def _lose(self, claim: Claim) -> None:
        """Write no more: another session took the case over while this one stood still."""
        from imr_tui.store.locking.claim import Holder
        from imr_tui.store.locking.claim import holder as holder_of

        if self._let_go():
            claim.release()
            self._tell(ClaimLost(holder_of(self._folder, self._number) or Holder()))

    def _look_who_asks(self, holder: Holder | None) -> None:
        if holder is None:
            if self._answered is not None:
                self._tell(ClaimWithdrawn())
            self._answered = None
        elif time.monotonic() - self._touched > IDLE_SECONDS:
            self.give(holder)
        elif holder != self._answered:
            self._answered = holder
            self._tell(ClaimAsked(holder))

    def _look_whether_it_is_free(self) -> None:
        from imr_tui.store.locking.claim import holder as holder_of

        holder = holder_of(self._folder, self._number)
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
        if changed and not self._was_changed:
            # Both texts are kept before anybody is told of it, whatever is typed meanwhile.
            self._part()
            self._tell(FileChanged())
        self._was_changed = changed

    def _follow_file(self) -> None:
        """Tell of each state of a file that another session writes, once.

        Not only that it is outdated: it may be so again by the time the last one was read.
        """
        if self._file.is_outdated() and (state := _state_of(self._file.path)) != self._told:
            self._told = state
            self._tell(FileChanged())


def _state_of(path: Path) -> tuple[int, ...]:
    """Tells one state of a file from another; blank for one that is gone."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size
