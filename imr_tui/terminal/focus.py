"""What a widget does with text, told without loading what only a text of many lines needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeGuard

from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widgets import TextArea

MODULE = "textual.widgets._text_area"
"""Where the stock class is, loaded with the first text; until then no widget can be one."""


def is_text(widget: object) -> TypeGuard[TextArea]:
    """Whether `widget` is a text of many lines, which may be one that is only read."""
    # It may be about to be loaded, behind the first picture.
    area = getattr(sys.modules.get(MODULE), "TextArea", None)
    return area is not None and isinstance(widget, area)


def is_field(widget: object) -> TypeGuard[Input | TextArea]:
    """Whether `widget` is a line or a text."""
    return isinstance(widget, Input) or is_text(widget)


def takes_text(widget: object) -> bool:
    """Whether what is typed into `widget` is text."""
    return isinstance(widget, Input) or (is_text(widget) and not widget.read_only)
