"""Whether a line says already what it is to say, so that it need not be drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from textual.widgets import Static


def shows(line: Static, wanted: Content) -> bool:
    """Whether `line` has these words in these styles; `==` of the stock values asks for words."""
    shown = line.content
    return isinstance(shown, Content) and wanted.is_same(shown)
