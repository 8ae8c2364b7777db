"""A row of a form: a label, its entry, and below them what is wrong or how it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from imr_tui.domain.workflow import Place


class Field(Vertical):
    """A label and its entry on a line; an error or a remark takes the lines below them."""

    def __init__(self, label: str, entry: Widget) -> None:
        super().__init__()
        self.label = label
        """The name of the field."""
        self._entry = entry

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content(self.label), classes="label")
            yield self._entry
        yield Static("", classes="fault")


def complain(entry: Widget, what: str) -> None:
    """Show below the entry of a field what is wrong with it; a blank text clears it."""
    _say(entry, what, is_error=True)


def remark(entry: Widget, what: str) -> None:
    """Show below the entry of a field how it is understood."""
    _say(entry, what, is_error=False)


def field_of(entry: Widget) -> Field | None:
    """The field of an entry."""
    return next((each for each in entry.ancestors if isinstance(each, Field)), None)


def label_of(entry: Widget) -> str:
    """The label of the field of an entry, or blank."""
    field = field_of(entry)
    return field.label if field is not None else ""


def _say(entry: Widget, what: str, *, is_error: bool) -> None:
    if (field := field_of(entry)) is None or not field.is_mounted:
        return
    shown = field.query_one(".fault", Static)
    shown.set_class(not is_error, "remark")
    if str(shown.content) != what:
        shown.update(Content(what))
        shown.set_class(bool(what), "-shown")


def widget_id(place: Place) -> str:
    """The id of the entry of a field: its path without an index, and with hyphens for dots."""
    return place.field.partition("[")[0].replace(".", "-")
