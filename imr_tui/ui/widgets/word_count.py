"""How long a text is."""

from textual import getters
from textual.content import Content

from imr_tui.reading.grade import grade
from imr_tui.text import count_words
from imr_tui.ui.desk import Desk
from imr_tui.ui.widgets.settled import Settled

ENOUGH = 30
"""Words from which on a reading grade means something."""


class WordCount(Settled):
    """How many words, and how hard they read; told when the typing pauses."""

    app = getters.app(Desk)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def on_mount(self) -> None:
        self.watch(self.app, "findings", self.show)

    def count(self, text: str) -> None:
        """Tell the length of `text` from now on."""
        self._text = text
        self.show_soon()

    def show(self) -> None:
        words = count_words(self._text)
        told = f"{words:,} word" if words == 1 else f"{words:,} words"
        # Before the rules have looked, the dictionary that this takes is not read yet.
        if words >= ENOUGH and self.app.findings is not None:
            told += f", reads at grade {max(grade(self._text), 1):.0f}"
        self.update(Content(told), layout=False)
