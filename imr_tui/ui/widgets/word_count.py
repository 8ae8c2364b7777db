"""How long a text is, told after a pause in typing."""

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from imr_tui.text import count_words

PAUSE_SECONDS = 0.4
"""The pause in typing after which the count is told anew."""


class WordCount(Static):
    """Never recounts while keys come in, so that it costs a keystroke nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(_told(text)))
        self._timer: Timer | None = None

    def count(self, text: str) -> None:
        """Count `text` once the reviewer pauses."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, lambda: self._show(text))

    def _show(self, text: str) -> None:
        self.update(Content(_told(text)), layout=False)


def _told(text: str) -> str:
    words = count_words(text)
    return f"{words:,} word" if words == 1 else f"{words:,} words"
