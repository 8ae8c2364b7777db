"""Pastes: inserted into a focused text; anywhere else they never act as keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ScreenStackError

from imr_tui.terminal.focus import accepts_text

if TYPE_CHECKING:
    from textual.app import App

LARGE_PASTE = 100_000
"""Pastes of more characters than this are announced."""
NOTICE_SECONDS = 10.0
"""How long a notice is shown, and not repeated."""
_SAME_PASTE_SECONDS = 0.5
"""Pastes closer together than this are parts of one."""


class PastePolicy:
    """A step of the input pipeline that stores pastes outside of texts, for a later `^v`."""

    def __init__(self, app: App[object], clean: Callable[[str], str]) -> None:
        """`clean` sanitizes text before it is stored."""
        self._app = app
        self._clean = clean
        self._stored_at = float("-inf")
        self._notified_at: dict[str, float] = {}

    async def __call__(self, event: events.Event) -> events.Event | None:
        if isinstance(event, events.Paste) and not event.is_forwarded:
            if not self.is_text_focused():
                self._store(self._clean(event.text))
                return None
            if len(event.text) > LARGE_PASTE:
                self._notify(f"Pasted {len(event.text):,} characters. ^z removes them.")
        return event

    def is_text_focused(self) -> bool:
        """Whether typed characters go into a text now. Thread-safe."""
        try:
            field = self._app.focused
        except ScreenStackError:
            return False
        return accepts_text(field)

    def _store(self, text: str) -> None:
        now = time.monotonic()
        before = self._app._clipboard if now - self._stored_at < _SAME_PASTE_SECONDS else ""
        self._app._clipboard, self._stored_at = before + text, now
        self._notify(
            "The paste was not inserted, because no text has the focus. ^v in a text inserts it."
        )

    def notify_truncated(self) -> None:
        """Report that the end of a paste is missing."""
        self._notify("The end of the paste did not arrive. Check the pasted text.")

    def notify_ignored_key(self) -> None:
        """Report that a key was ignored."""
        self._notify("A key right after a paste was ignored. Press it again.")

    def _notify(self, sentence: str) -> None:
        self.notify_once(sentence, "Paste")

    def notify_once(self, sentence: str, title: str) -> None:
        """Show a notice at most once in NOTICE_SECONDS, as every further key would repeat it."""
        now = time.monotonic()
        if now - self._notified_at.get(sentence, float("-inf")) > NOTICE_SECONDS:
            self._notified_at[sentence] = now
            self._app.notify(
                sentence, title=title, severity="warning", timeout=NOTICE_SECONDS, markup=False
            )
