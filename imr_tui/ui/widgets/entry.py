"""The two widgets that text is typed into: they clean what is pasted and keep their undo."""

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from imr_tui.case import MAX_LINE
from imr_tui.text import clean, clean_line


class Line(Input):
    """A field of one line, without a border or a blinking cursor."""

    def __init__(
        self,
        value: str = "",
        *,
        id: str,
        placeholder: str = "",
        suggester: Suggester | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            value,
            placeholder,
            id=id,
            suggester=suggester,
            disabled=disabled,
            compact=True,
            max_length=MAX_LINE,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        # All of the text on one line, where the stock widget would drop all lines but the first.
        event.text = clean_line(event.text.rstrip("\r\n"))
        super()._on_paste(event)
        event.prevent_default()


class Prose(TextArea):
    """A text of many lines: wraps softly, undoes deeply, takes a paste as one step."""

    def __init__(self, text: str = "", *, id: str, read_only: bool = False) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            read_only=read_only,
            max_checkpoints=10_000,
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        await super()._on_paste(event)
        event.prevent_default()
