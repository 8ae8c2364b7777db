"""Sends the texts of a folder that its earlier sessions could not send, on a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, Unreachable
from imr_tui.store.shared.replication.sending import Sending, Text
from imr_tui.store.shared.replication.share_note import unsent

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.remote import Remote
    from imr_tui.store.shared.replication.sending import Describe

RETRY_SECONDS = 2.0
"""Pause before the next try, if the shared store was unreachable."""


class Unsent:
    """Sends every case that is not open, and differs from what the shared store has.

    Each is claimed meanwhile, here and in the shared store; one that another session has is left
    to it. If both sides changed, the folder's text goes beside the file, as when it is opened.
    """

    def __init__(
        self,
        folder: Folder,
        remote: Remote,
        describe: Describe,
        me: Holder,
        told: Callable[[str], object] = lambda says: None,
        busy: Callable[[], Collection[str]] = tuple,
    ) -> None:
        """`told` gets sentences for the reviewer; `busy`: the cases that are open here."""
        self._folder = folder
        self._remote = remote
        self._describe = describe
        self._me = me
        self._told = told
        self._busy = busy
        self._changed = threading.Condition()
        self._current = ""
        self._failed = ""
        self._is_woken = True
        self._is_closed = False

    def start(self) -> None:
        """Begin, on a thread."""
        threading.Thread(target=self._run, name="unsent", daemon=True).start()

    def wake(self) -> None:
        """Look again, as a session has left a text."""
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """End after the current case, without waiting for that."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def leave(self, number: str, seconds: float) -> None:
        """Wait until the thread is not at this case, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._current != number, seconds)

    def send_all(self) -> int:
        """Send what can be sent now; how many cases were. Raises Unreachable, CannotStore."""
        return sum(self._send(number) for number in unsent(self._folder.path))

    def _run(self) -> None:
        seconds: float | None = None
        while self._is_wanted(seconds):
            seconds = None
            try:
                # The folder is read again only once the shared store answers.
                if self._failed:
                    self._send(self._failed)
                self._failed = ""
                self.send_all()
            except ImrError:
                seconds = RETRY_SECONDS
        self._remote.close()

    def _is_wanted(self, seconds: float | None) -> bool:
        """Wait until there may be something to send; False once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_woken or self._is_closed, seconds)
            self._is_woken = False
            return not self._is_closed

    def _send(self, number: str) -> bool:
        with self._changed:
            if self._is_closed or number in self._busy():
                return False
            self._current = number
        try:
            return self._send_claimed(number)
        except Unreachable:
            self._failed = number
            raise
        except ImrError:
            # Another session has it, or nobody can read it: both are told when it is opened.
            return False
        finally:
            with self._changed:
                self._current = ""
                self._changed.notify_all()

    def _send_claimed(self, number: str) -> bool:
        # While nobody answers, the case must not be held here from a reviewer who opens it.
        self._remote.there(number)
        local = self._folder.claim(number, self._me)
        sending = Sending(self._folder.path, number, self._me, self._remote, self._describe)
        try:
            if says := sending.open().says(number):
                self._told(says)
            was_unsent = sending.is_unsent
            sending.send(Text())
            return was_unsent
        finally:
            with suppress(ImrError):
                sending.lease.release()
            local.release()
