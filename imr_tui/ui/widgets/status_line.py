"""A line that says something, or nothing."""

from textual.content import Content
from textual.widgets import Static


class StatusLine(Static):
    """One sentence; nothing is drawn again while it stays the same."""

    def show(self, says: str) -> None:
        """Show a sentence; it is never read as markup."""
        if str(self.content) != says:
            self.update(Content(says))
