"""How long a text is."""

from textual.content import Content

from imr_tui.text import count_words
from imr_tui.ui.widgets.settled import Settled


class WordCount(Settled):
    """Told when the typing pauses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def on_mount(self) -> None:
        self.show()

    def count(self, text: str) -> None:
        """Tell the length of `text` from now on."""
        self._text = text
        self.show_soon()

    def show(self) -> None:
        words = count_words(self._text)
        told = f"{words:,} word" if words == 1 else f"{words:,} words"
        self.update(Content(told), layout=False)
