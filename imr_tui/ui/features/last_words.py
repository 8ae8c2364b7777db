"""Saves what is pending when the app ends; from any thread, without the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.session import last_words
from imr_tui.session.shared_cases import END_SECONDS

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
        session, state = self._editing.session, self._state
        if session is not None or self._is_running():
            self._queue.wait_until_handled(ARRIVE_SECONDS)
        return last_words.save_pending(
            session, state.drafts, self._audit, state.resume_points, seconds
        )

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long until the text is saved, in any place; whether it is."""
        return last_words.wait_kept(self._editing.session, self._state.drafts, seconds)

    def offer_text(self) -> None:
        """Offer the text to the next start; returns once that has it."""
        editing = self._editing
        last_words.offer_text(self._state.folder.path, editing.session, editing.claim_monitor)

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
