"""The length of a text."""

import asyncio

from textual.content import Content

from imr_tui.reading.language.sentences import grade
from imr_tui.text.layout import count_words
from imr_tui.ui.widgets.derived_text import DerivedText

ENOUGH = 30
"""The fewest words that have a reading grade."""
LONG = 1_000
"""The fewest words whose grade takes longer than a key may wait."""


class WordCount(DerivedText):
    """The number of words and their reading grade, updated when the typing pauses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._reading: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        self.watch(self.app, "findings", self.show)
        self.watch(self.app, "settled_case", self.show, init=False)

    def on_unmount(self) -> None:
        self._stop_reading()

    def count(self, text: str) -> None:
        """Show the length of `text` once the typing pauses."""
        self._text = text
        self._stop_reading()

    def show(self) -> None:
        """Show the length of the text, and its grade if that is known."""
        words = count_words(self._text)
        # Until the case was checked, the dictionary that a grade needs is not loaded.
        if self.app.findings is None or words < ENOUGH:
            self.say(Content(in_words(words)))
        elif words < LONG:
            self.say(Content(graded(self._text, words)))
        else:
            self._stop_reading()
            self._reading = asyncio.create_task(self._read(words))

    async def _read(self, words: int) -> None:
        self.say(Content(await asyncio.to_thread(graded, self._text, words)))

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()


def graded(text: str, words: int) -> str:
    """The length of `text` and its reading grade."""
    return f"{in_words(words)}, reads at grade {max(grade(text), 1):.0f}"


def in_words(words: int) -> str:
    """A number of words, in words."""
    return f"{words:,} word" if words == 1 else f"{words:,} words"
