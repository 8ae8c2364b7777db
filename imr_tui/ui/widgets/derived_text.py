"""A text that follows the state of the app."""

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.app import ImrApp


class DerivedText(Static):
    """Is drawn again only when it says something else."""

    app = getters.app(ImrApp)

    def say(self, words: Content, *, layout: bool = False) -> None:
        """Show `words`, with a new layout if its size may change."""
        shown = self.content
        # `==` of the stock values compares the words without their styles.
        if not (isinstance(shown, Content) and words.is_same(shown)):
            self.update(words, layout=layout)
