"""Where the terminal's own cursor belongs: at the caret, or at the selected row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from rich.cells import cell_len
from textual.geometry import Offset
from textual.widgets import Input, OptionList

from imr_tui.terminal.focus import is_text

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import TextArea


JUMP = 3
"""A caret that leaves its window scrolls it by one part in so many of the window's size."""


@runtime_checkable
class HasCaret(Protocol):
    """A widget that knows the place itself."""

    @property
    def caret(self) -> Offset | None:
        """The cell on the screen."""


def caret_of(widget: Widget | None) -> Offset | None:
    """The cell of the caret of what has the focus; None where the cursor is better hidden."""
    place = _place(widget)
    if widget is None or place is None or not widget.is_on_screen:
        return None
    seen = widget.region
    if not seen.y <= place.y < seen.bottom:
        return None
    return Offset(min(max(place.x, seen.x), max(seen.right - 1, seen.x)), place.y)


def _place(widget: Widget | None) -> Offset | None:
    if isinstance(widget, Input):
        return _in_line(widget)
    if is_text(widget):
        return _in_text(widget)
    if isinstance(widget, OptionList):
        return _row(widget)
    if isinstance(widget, HasCaret):
        return widget.caret
    return None


def _in_line(line: Input) -> Offset:
    """The stock `cursor_screen_offset` is a cell too far at the end."""
    inside = Offset(cell_len(line.value[: line.cursor_position]), 0)
    return line.content_region.offset + inside - line.scroll_offset


def _in_text(area: TextArea) -> Offset:
    """The stock `cursor_screen_offset` is of before lines were wrapped anew for another size."""
    inside = area.wrapped_document.location_to_offset(area.cursor_location)
    return area.content_region.offset + inside - area.scroll_offset + (area.gutter_width, 0)


def _row(shown: OptionList) -> Offset | None:
    """The first cell of the highlighted option."""
    if shown.highlighted is None or (line := shown._index_to_line.get(shown.highlighted)) is None:
        return None
    x, y = shown.content_region.offset
    return Offset(x, y + line - shown.scroll_offset.y)
