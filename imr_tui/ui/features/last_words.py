"""Saves what is pending when the app ends: for any thread, and without an event loop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.terminal.input_queue import InputQueue
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.state import State

ARRIVE_SECONDS = 0.3
"""How long an ending waits for what was typed to reach the case, on top of waiting for the disk."""


class LastWords:
    """What an ending needs of the app."""

    def __init__(
        self,
        state: State,
        editing: Editing,
        queue: InputQueue,
        is_running: Callable[[], bool],
        retire: Callable[[], None],
    ) -> None:
        """`retire` stops the app where it stands."""
        self._state = state
        self._editing = editing
        self._queue = queue
        self._is_running = is_running
        self.retire = retire
        """Stops the app where it stands; the open case and its saver stay."""

    def last_words(self, seconds: float) -> bool:
        """Save what is pending within so many seconds; whether it is saved, in any place."""
        session, drafts = self._editing.session, self._state.drafts
        if session is not None or self._is_running():
            self._queue.wait_until_handled(ARRIVE_SECONDS)
        until = time.monotonic() + seconds
        is_saved = True
        if session is not None:
            # On the saver's thread, so that a disk that hangs costs no more than the seconds.
            session.then(self._state.resume_points.keep)
            is_saved = session.flush(seconds, or_kept=True)
        if is_saved:
            drafts.settle()
        return drafts.flush(max(until - time.monotonic(), 0)) and is_saved

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long for a place that takes the text; whether one did."""
        session = self._editing.session
        until = time.monotonic() + seconds
        is_kept = session is None or session.flush(seconds, or_kept=True)
        return self._state.drafts.flush(max(until - time.monotonic(), 0)) and is_kept

    def offer_text(self) -> None:
        """Offer the text to the next start; returns once that has it."""
        from imr_tui.store.recovery.handover import offer

        session, monitor = self._editing.session, self._editing.claim_monitor
        if session is not None and monitor is not None:
            offer(self._state.folder.path, session.text, monitor.release)

    def close_session(self) -> None:
        """Close what is needed only as long as the case is open."""
        session = self._editing.session
        # Where it is not saved, another start has to find what was kept.
        if session is not None and session.is_saved:
            session.close()
        self._state.drafts.close()
