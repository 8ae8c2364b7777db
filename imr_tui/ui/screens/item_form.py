"""The dialog in which one item is described."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from imr_tui import edits
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.edits import ItemLine


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
        off = bool(self.app.read_only)
        yield Field("Request to decide", Line(request, id="request", disabled=off))
        yield Static(Content("Only if utilization review authorized a part of it:"), classes="hint")
        yield Field("Originally requested", Line(original, id="original", disabled=off))
        yield Field("Authorized by UR", Line(authorized, id="authorized", disabled=off))
        yield Static(Content("Only if it stands or falls with another item:"), classes="hint")
        yield Field("Follows item number", Line(follows, id="follows", disabled=off))

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
        step = f"items[{self._index}].{name}"
        if name == "follows":
            self._follow(event, step)
            return
        line = cast("ItemLine", name)
        self.edit(
            partial(edits.set_item_line, index=self._index, name=line, text=event.value), step
        )

    def _follow(self, event: Input.Changed, step: str) -> None:
        count, value = len(self.app.open_case.items), event.value.strip()
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else -1
        if value and not (1 <= number <= count and number != self._index + 1):
            complain(event.input, f"a number from 1 to {count}, not its own")
            return
        complain(event.input, "")
        self.edit(partial(edits.set_follows, index=self._index, number=max(number, 0)), step)

    @on(Input.Submitted)
    def done(self) -> None:
        self.dismiss(None)
