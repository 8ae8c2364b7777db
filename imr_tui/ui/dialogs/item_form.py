"""The dialog in which one item is described."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static
from textual.widgets.input import Selection

from imr_tui.model import edits
from imr_tui.model.case import Item
from imr_tui.ui.dialogs.date_entry import in_full, read_full_date, spell
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.model.edits import Change, ItemLine
    from imr_tui.ui.dialogs.form import Entry


class ItemForm(Form[None]):
    """The request, the parts of a UR-modified item, which item it follows, the date of service."""

    AGAIN = "e"

    def __init__(self, index: int, at: str = "request", span: Span | None = None) -> None:
        super().__init__()
        self._index = index
        self._at = at
        self._span = span
        self.HEADING = f"Item {index + 1}"

    def body(self) -> Iterable[Widget]:
        items = self.app.open_case.items
        # The edit that adds an item may be posted, but not applied yet; its form starts blank.
        item = items[self._index] if self._index < len(items) else Item()
        yield self.field("Request to decide", "request", item.request)
        yield Static(
            Content("If utilization review (UR) authorized only a part of the request:"),
            classes="hint",
        )
        yield self.field("Originally requested", "original", item.original)
        yield self.field("Authorized by UR", "authorized", item.authorized)
        yield Static(Content("If this item stands or falls with another item:"), classes="hint")
        yield self.field("Number of that item", "follows", str(item.follows or ""))
        yield Static(Content("If the service was rendered before the decision:"), classes="hint")
        yield self.field("Date of service", "date_of_service", str(item.date_of_service or ""))

    def path(self, name: str) -> str:
        return f"items[{self._index}].{name}"

    def on_mount(self) -> None:
        entry = self.query_one(f"#{self._at}", Line)
        entry.focus()
        if self._span is not None:
            start, end = self._span
            entry.selection = Selection.cursor(end)._replace(start=start)

    def change(self, name: str, text: str) -> Change:
        if name == "follows":
            return partial(edits.set_follows, index=self._index, number=self._number(text.strip()))
        if name == "date_of_service":
            day = read_full_date(text, self.app.today)
            return partial(edits.set_date_of_service, index=self._index, day=day)
        line = cast("ItemLine", name)
        return partial(edits.set_item_line, index=self._index, name=line, text=text)

    def completed(self, name: str, text: str) -> str:
        return in_full(text, self.app.today) if name == "date_of_service" else text

    def taken(self, entry: Entry) -> None:
        if entry.id == "date_of_service":
            spell(entry, self.app.today)

    def _number(self, value: str) -> int:
        """The number of the item that this one follows, 0 for none."""
        count = len(self.app.open_case.items)
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else -1
        if value and not (1 <= number <= count and number != self._index + 1):
            raise ValueError(self._numbers(count))
        return max(number, 0)

    def _numbers(self, count: int) -> str:
        """Which numbers can be typed."""
        if count < 2:
            return "There is no other item in this case."
        return f"Type the number of another item, 1 to {count}."
