"""The focused widget: whether it takes text, and where the terminal's cursor belongs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

from rich.cells import cell_len
from textual.geometry import Offset
from textual.widgets import Input, OptionList

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import TextArea

TEXT_AREA_MODULE = "textual.widgets._text_area"
"""The module of the stock TextArea; it is loaded late, with the first text area."""


def is_text_area(widget: object) -> TypeGuard[TextArea]:
    """Whether `widget` is a TextArea, possibly read-only; does not import the module."""
    # Another thread may be importing it.
    area = getattr(sys.modules.get(TEXT_AREA_MODULE), "TextArea", None)
    return area is not None and isinstance(widget, area)


def is_text_field(widget: object) -> TypeGuard[Input | TextArea]:
    """Whether `widget` is an Input or a TextArea."""
    return isinstance(widget, Input) or is_text_area(widget)


def accepts_text(widget: object) -> bool:
    """Whether typed characters are inserted into `widget`."""
    return isinstance(widget, Input) or (is_text_area(widget) and not widget.read_only)


# ── The cursor ───────────────────────────────────────────────────────────────────────────────

SCROLL_DIVISOR = 3
"""When the cursor leaves the window, the window scrolls by 1/SCROLL_DIVISOR of its size."""


@runtime_checkable
class HasCaret(Protocol):
    """A widget that reports its own cursor cell."""

    @property
    def caret(self) -> Offset | None:
        """The cell, in screen coordinates."""


def caret_of(widget: Widget | None) -> Offset | None:
    """The cursor cell of a focused widget in screen coordinates; None hides the cursor."""
    cell = _caret_cell(widget)
    if widget is None or cell is None or not widget.is_on_screen:
        return None
    seen = widget.region
    if not seen.y <= cell.y < seen.bottom:
        return None
    return Offset(min(max(cell.x, seen.x), max(seen.right - 1, seen.x)), cell.y)


def _caret_cell(widget: Widget | None) -> Offset | None:
    if isinstance(widget, Input):
        return _in_line(widget)
    if is_text_area(widget):
        return _in_text(widget)
    if isinstance(widget, OptionList):
        return _in_options(widget)
    if isinstance(widget, HasCaret):
        return widget.caret
    return None


def _in_line(line: Input) -> Offset:
    """The stock `cursor_screen_offset` is one cell off at the end of the line."""
    inside = Offset(cell_len(line.value[: line.cursor_position]), 0)
    return line.content_region.offset + inside - line.scroll_offset


def _in_text(area: TextArea) -> Offset:
    """The stock `cursor_screen_offset` is stale after a resize."""
    inside = area.wrapped_document.location_to_offset(area.cursor_location)
    return area.content_region.offset + inside - area.scroll_offset + (area.gutter_width, 0)


def _in_options(shown: OptionList) -> Offset | None:
    """The first cell of the highlighted option."""
    if shown.highlighted is None or (line := shown._index_to_line.get(shown.highlighted)) is None:
        return None
    x, y = shown.content_region.offset
    return Offset(x, y + line - shown.scroll_offset.y)
