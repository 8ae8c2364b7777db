"""The last row of a form that is applied as a whole."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class SaveRow(Static, can_focus=True):
    """`[ Save ]`: Enter on it applies the form, so that a repeated Enter in a field does not."""

    def __init__(self, label: str = "Save") -> None:
        super().__init__(Content(f"[ {label} ]"), id="save")

    value = ""
    """It holds no text."""
