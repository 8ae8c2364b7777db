"""A field of one line: it cleans what is pasted, and a long text jumps in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Region
from textual.widgets import Input

from imr_tui.model.limits import MAX_LINE
from imr_tui.terminal.focus import SCROLL_DIVISOR
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.widgets.paste_limit import tell_refused

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Offset
    from textual.suggester import Suggester


class Line(Input):
    """A field of one line, without a border or a blinking cursor.

    A text that is longer than the field jumps, where the stock one moves at every key.
    """

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

    def _on_paste(self, event: events.Paste) -> None:
        # All of the text on one line, where the stock widget would drop all lines but the first.
        event.text = clean_line(event.text.rstrip("\r\n"))
        super()._on_paste(event)
        event.prevent_default()

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in the place of a part of the value, unless that becomes too long."""
        replaced = len(self.value[min(start, end) : max(start, end)])
        if len(self.value) - replaced + len(text) <= MAX_LINE or len(text) <= replaced:
            super().replace(text, start, end)
        else:
            tell_refused(self, text, f"A field of one line holds up to {MAX_LINE:,}.")

    # ── What is in view ──────────────────────────────────────────────────────────────────

    @property
    def _window(self) -> int:
        """Columns that are in view."""
        return int(self.scrollable_content_region.width)

    @property
    def content_width(self) -> int:
        """Columns that can be scrolled to, some of them behind the end of a long text."""
        width = super().content_width
        return width + (self._window // SCROLL_DIVISOR if width > self._window else 0)

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        """Have the caret in view, and where it has left it some columns behind it, too."""
        room, left = self._window // SCROLL_DIVISOR, int(self.scroll_offset.x)
        if region.x < left:
            region = Region(region.x - room, region.y, 1 + room, region.height)
        elif region.x >= left + self._window:
            region = region.grow((0, room, 0, 0))
        return super().scroll_to_region(region, **options)

    def validate__cursor_visible(self, _: bool) -> bool:
        """Whether a cursor is painted; the terminal's own stands there."""
        return False
