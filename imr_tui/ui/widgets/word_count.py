"""How long a text is."""

import asyncio

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.reading.sentences import grade
from imr_tui.text.layout import count_words
from imr_tui.ui.app import ImrApp

ENOUGH = 30
"""Words from which on a reading grade means something."""
LONG = 1_000
"""Words from which on reading takes longer than a key may wait."""


class WordCount(Static):
    """How many words, and how hard they read; told when the typing pauses."""

    app = getters.app(ImrApp)

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._text = text
        self._reading: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        self.watch(self.app, "findings", self.show)
        self.watch(self.app, "settled_case", self.show, init=False)

    def on_unmount(self) -> None:
        self._stop_reading()

    def count(self, text: str) -> None:
        """Tell the length of `text`, once the typing pauses."""
        self._text = text
        self._stop_reading()

    def show(self) -> None:
        """Write the line anew."""
        words = count_words(self._text)
        # Before the rules have looked, the dictionary that a grade takes is not read yet.
        if self.app.findings is None or words < ENOUGH:
            self._tell(told(words))
        elif words < LONG:
            self._tell(graded(self._text, words))
        else:
            self._stop_reading()
            self._reading = asyncio.create_task(self._read(words))

    async def _read(self, words: int) -> None:
        self._tell(await asyncio.to_thread(graded, self._text, words))

    def _tell(self, words: str) -> None:
        line = Content(words)
        if self.content != line:
            self.update(line, layout=False)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()


def graded(text: str, words: int) -> str:
    """The length of `text` and its reading grade."""
    return f"{told(words)}, reads at grade {max(grade(text), 1):.0f}"


def told(words: int) -> str:
    """A number of words, in words."""
    return f"{words:,} word" if words == 1 else f"{words:,} words"
