"""Saves pending edits when the app ends; from any thread, without the event loop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from imr_tui.store.recovery.handover import offer
from imr_tui.ui.features.replication import END_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.terminal.input_queue import InputQueue
    from imr_tui.ui.features.assembly import Features
    from imr_tui.ui.state import State

ARRIVE_SECONDS = 0.3
"""How long the end waits for keys to reach the case, before it waits for the disk."""


class LastWords:
    """The operations of the app that its end needs."""

    def __init__(
        self,
        state: State,
        parts: Features,
        queue: InputQueue,
        is_running: Callable[[], bool],
        retire: Callable[[], None],
    ) -> None:
        """`retire` exits the app without saving."""
        self._state = state
        self._editing = parts.editing
        self._audit = parts.audit
        self._spelling = parts.spelling
        self._signing = parts.signing
        self._replication = parts.replication
        self._queue = queue
        self._is_running = is_running
        self.retire = retire
        """Exits the app; the open case and its saver stay."""

    def last_words(self, seconds: float) -> bool:
        """Save pending edits within so many seconds; whether they are saved, in any place."""
        session, drafts = self._editing.session, self._state.drafts
        if session is not None or self._is_running():
            self._queue.wait_until_handled(ARRIVE_SECONDS)
        until = time.monotonic() + seconds
        is_saved = True
        if session is not None:
            # On the saver's thread, so that a disk that hangs costs no more than these seconds.
            session.then(self._state.resume_points.keep)
            self._audit.note_edits()
            is_saved = session.flush(seconds, or_kept=True)
        if is_saved:
            drafts.settle()
        return drafts.flush(max(until - time.monotonic(), 0)) and is_saved

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long until the text is saved, in any place; whether it is."""
        session = self._editing.session
        until = time.monotonic() + seconds
        is_kept = session is None or session.flush(seconds, or_kept=True)
        return self._state.drafts.flush(max(until - time.monotonic(), 0)) and is_kept

    def offer_text(self) -> None:
        """Offer the text to the next start; returns once that has it."""
        session, monitor = self._editing.session, self._editing.claim_monitor
        if session is not None and monitor is not None:
            offer(self._state.folder.path, session.text, monitor.release)

    def close_session(self) -> None:
        """Close the saver of the case and of the drafts, and end other processes."""
        self._spelling.close()
        self._signing.close()
        session = self._editing.session
        # If it is not saved, the next start has to find the kept text.
        if session is not None and session.is_saved:
            session.close()
        self._state.drafts.close()
        # The folder has everything; what is not shared by then, the next start sends.
        self._replication.end(END_SECONDS)
