"""A row of a form with its label, its error and the id of its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from imr_tui.domain.workflow import Place


class Field(Horizontal):
    """A label on the left, the entry on the right, and room for an error."""

    def __init__(self, label: str, entry: Widget) -> None:
        super().__init__()
        self._label = label
        self._entry = entry

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), classes="label")
        yield self._entry
        yield Static("", classes="fault")


def complain(entry: Widget, what: str) -> None:
    """Show what is wrong with the entry of a field; a blank text clears it."""
    if isinstance(entry.parent, Field):
        fault = entry.parent.query_one(".fault", Static)
        if str(fault.content) != what:
            fault.update(Content(what))


def widget_id(place: Place) -> str:
    """The id of the entry of a field: its path without an index, and with hyphens for dots."""
    return place.field.partition("[")[0].replace(".", "-")
