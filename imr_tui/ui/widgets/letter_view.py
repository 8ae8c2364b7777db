"""The letter as it will be written, to be scrolled and read."""

from imr_tui.ui.widgets.linewise import Linewise


class LetterView(Linewise):
    """A text that can be walked through and copied from, and not changed."""

    def __init__(self, *, id: str) -> None:
        super().__init__(
            "", id=id, read_only=True, soft_wrap=True, compact=True, highlight_cursor_line=False
        )
        self.cursor_blink = False

    def show(self, letter: str) -> None:
        """Show `letter`, every line and space of it, from where the reader was."""
        if letter != self.text:
            at, top = self.cursor_location, self.scroll_offset.y
            self.replace(letter, (0, 0), self.document.end)
            self.move_cursor(at)
            self.call_after_refresh(self.scroll_to, y=top, animate=False)
