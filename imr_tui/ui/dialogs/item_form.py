"""The dialog in which one item is described."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from imr_tui.model import edits
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.model.edits import ItemLine


class ItemForm(Dialog[None]):
    """The request, the parts of a UR-modified item, and which item it follows."""

    def __init__(self, index: int, at: str = "request", span: Span | None = None) -> None:
        super().__init__()
        self._index = index
        self._at = at
        self._span = span
        self.HEADING = f"Item {index + 1}"

    def body(self) -> Iterable[Widget]:
        items = self.app.open_case.items
        if self._index >= len(items):
            # The edit that adds the item is on its way; its form starts blank.
            request = original = authorized = follows = ""
        else:
            item = items[self._index]
            request, original, authorized = item.request, item.original, item.authorized
            follows = str(item.follows or "")
        yield self._field("Request to decide", "request", request)
        yield Static(Content("Only if utilization review authorized a part of it:"), classes="hint")
        yield self._field("Originally requested", "original", original)
        yield self._field("Authorized by UR", "authorized", authorized)
        yield Static(Content("Only if it stands or falls with another item:"), classes="hint")
        yield self._field("Follows item number", "follows", follows)

    def _field(self, label: str, name: str, value: str) -> Field:
        typed = self.app.drafts.text(self._path(name), value)
        return Field(label, Line(typed, id=name, disabled=bool(self.app.read_only)))

    def _path(self, name: str) -> str:
        return f"items[{self._index}].{name}"

    def on_mount(self) -> None:
        entry = self.query_one(f"#{self._at}", Line)
        entry.focus()
        if self._span is not None:
            start, end = self._span
            entry.selection = Selection.cursor(end)._replace(start=start)

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        name = event.input.id or ""
        if name == "follows":
            self._follow(event)
            return
        line = cast("ItemLine", name)
        change = partial(edits.set_item_line, index=self._index, name=line, text=event.value)
        self.take(event.input, change, self._path(name))

    def _follow(self, event: Input.Changed) -> None:
        count, value = len(self.app.open_case.items), event.value.strip()
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else -1
        if value and not (1 <= number <= count and number != self._index + 1):
            fault = f"a number from 1 to {count}, not its own"
            self.keep_draft(event.input, self._path("follows"), fault)
            return
        change = partial(edits.set_follows, index=self._index, number=max(number, 0))
        self.take(event.input, change, self._path("follows"))

    @on(Input.Submitted)
    def done(self) -> None:
        self.dismiss(None)
