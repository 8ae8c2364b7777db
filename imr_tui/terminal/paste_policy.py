"""Pastes: into a text they go as they are, and anywhere else nothing of them is a command."""

import time

from textual import events
from textual.app import ScreenStackError

from imr_tui.terminal.focus import takes_text
from imr_tui.terminal.input_queue import InputQueue

LARGE = 100_000
"""Characters from which on a paste is worth a word."""
SAID_SECONDS = 10.0
"""How long a sentence stands, and is not said again."""
_PARTS_SECONDS = 0.5
"""How close after one another the parts of what came at once arrive."""


class PastePolicy(InputQueue):
    """An app that keeps what was pasted outside a text, until it is wanted in one."""

    def __init__(self) -> None:
        super().__init__()
        self._kept_at = float("-inf")
        self._told_at: dict[str, float] = {}

    def clean_paste(self, text: str) -> str:
        """A pasted text as it is kept until it is wanted."""
        return text

    def is_in_text(self) -> bool:
        """Whether what is typed now goes into a text; for any thread."""
        try:
            field = self.focused
        except ScreenStackError:
            return False
        return takes_text(field)

    async def hand_over(self, event: events.Event) -> None:
        if isinstance(event, events.Paste):
            if not self.is_in_text():
                self._keep(self.clean_paste(event.text))
                return
            if len(event.text) > LARGE:
                self._tell(f"{len(event.text):,} characters were pasted. ^z takes them back.")
        await super().hand_over(event)

    def _keep(self, text: str) -> None:
        now = time.monotonic()
        before = self._clipboard if now - self._kept_at < _PARTS_SECONDS else ""
        self._clipboard, self._kept_at = before + text, now
        self._tell(
            "What came at once outside of a text was not taken as keys. ^v in a text inserts it."
        )

    def tell_cut_off(self) -> None:
        """Say that the end of a paste is missing."""
        self._tell("The end of the paste did not arrive. Look at what is there of it.")

    def tell_unheard(self) -> None:
        """Say that a key was not taken."""
        self._tell("A key that came right behind a paste was not taken. Press it again.")

    def _tell(self, sentence: str) -> None:
        self.say_once(sentence, "Paste")

    def say_once(self, sentence: str, title: str) -> None:
        """Say what every further key would have said again, once in SAID_SECONDS."""
        now = time.monotonic()
        if now - self._told_at.get(sentence, float("-inf")) > SAID_SECONDS:
            self._told_at[sentence] = now
            self.notify(
                sentence, title=title, severity="warning", timeout=SAID_SECONDS, markup=False
            )
