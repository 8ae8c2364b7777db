"""Pastes: into a text they go as they are, and anywhere else nothing of them is a command."""

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
"""Characters from which on a paste is worth a word."""
NOTICE_SECONDS = 10.0
"""How long a sentence stands, and is not said again."""
_SAME_PASTE_SECONDS = 0.5
"""How close after one another the parts of what came at once arrive."""


class PastePolicy:
    """A step of the input pipeline that keeps what is pasted outside a text, for a later `^v`."""

    def __init__(self, app: App[object], clean: Callable[[str], str]) -> None:
        """`clean` makes a pasted text fit to be kept."""
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
                self._notify(f"{len(event.text):,} characters were pasted. ^z takes them back.")
        return event

    def is_text_focused(self) -> bool:
        """Whether what is typed now goes into a text; for any thread."""
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
            "What came at once outside of a text was not taken as keys. ^v in a text inserts it."
        )

    def notify_truncated(self) -> None:
        """Say that the end of a paste is missing."""
        self._notify("The end of the paste did not arrive. Look at what is there of it.")

    def notify_ignored_key(self) -> None:
        """Say that a key was not taken."""
        self._notify("A key that came right behind a paste was not taken. Press it again.")

    def _notify(self, sentence: str) -> None:
        self.notify_once(sentence, "Paste")

    def notify_once(self, sentence: str, title: str) -> None:
        """Say what every further key would have said again, once in NOTICE_SECONDS."""
        now = time.monotonic()
        if now - self._notified_at.get(sentence, float("-inf")) > NOTICE_SECONDS:
            self._notified_at[sentence] = now
            self._app.notify(
                sentence, title=title, severity="warning", timeout=NOTICE_SECONDS, markup=False
            )
