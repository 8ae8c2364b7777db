"""Fields of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.model.limits import MAX_LINE
from imr_tui.terminal.widgets import SteadyInput
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.app import ImrApp

if TYPE_CHECKING:
    from textual import events
    from textual.suggester import Suggester
    from textual.widget import Widget

_TITLE = "Too long"


class Line(SteadyInput):
    """A field of one line, without a border, that cleans what is pasted."""

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
            select_on_focus=False,
        )
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        # All of the text on one line, where the stock widget would drop all lines but the first.
        event.text = clean_line(event.text.rstrip("\r\n"))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the value by `text`, unless that makes the value too long."""
        replaced = len(self.value[min(start, end) : max(start, end)])
        if len(self.value) - replaced + len(text) <= MAX_LINE or len(text) <= replaced:
            super().replace(text, start, end)
        else:
            tell_refused(self, text, f"The limit is {MAX_LINE:,} characters.")


def tell_refused(entry: Widget, text: str, why: str) -> None:
    """Say that `text` was not inserted into a field, and why."""
    if len(text) > 1:
        said = f"The text has {len(text):,} characters. Nothing was inserted. {why}"
        entry.notify(said, title=_TITLE, severity="warning", markup=False)
    elif isinstance(entry.app, ImrApp):
        # Key after key may be refused.
        entry.app.io.pastes.notify_once(f"The field is full. {why}", _TITLE)
