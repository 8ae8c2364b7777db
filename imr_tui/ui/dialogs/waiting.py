"""The dialog for a wait that the reviewer can leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget


class WaitScreen(Dialog[None]):
    """Says what is waited for; Esc leaves the wait."""

    def __init__(self, heading: str, sentence: str) -> None:
        super().__init__()
        self.HEADING = heading
        self._sentence = sentence
        self._is_over = self._is_closed = False

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self._sentence), classes="hint")

    def end(self) -> None:
        """Close the dialog, or do so once the dialog over it is closed."""
        self._is_over = True
        if self.is_current:
            self.action_close()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._is_over:
            self.action_close()

    def action_close(self) -> None:
        # The end of the wait and Esc may come at the same time.
        if not self._is_closed:
            self._is_closed = True
            self.dismiss(None)
