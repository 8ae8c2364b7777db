"""A labelled row of a form, and the id of its widget."""

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
    """A label on the left, what it labels on the right, and room for what is wrong with it."""

    def __init__(self, label: str, entry: Widget) -> None:
        super().__init__()
        self._label = label
        self._entry = entry

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), classes="label")
        yield self._entry
        yield Static("", classes="fault")


def complain(entry: Widget, what: str) -> None:
    """Show what is wrong with the entry of a field; blank clears it."""
    if isinstance(entry.parent, Field):
        fault = entry.parent.query_one(".fault", Static)
        if str(fault.content) != what:
            fault.update(Content(what))


def widget_id(place: Place) -> str:
    """The id of the widget that shows a field: its path, as far as ids can hold it."""
    return place.field.partition("[")[0].replace(".", "-")
