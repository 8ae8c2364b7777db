"""The dialog in which one item is described."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static
from textual.widgets.input import Selection

from imr_tui.model.case import Item
from imr_tui.session.item_entry import HINTS, LABELS, item_change, item_text_in_full, value_of
from imr_tui.ui.dialogs.date_entry import spell
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.model.edits import Change
    from imr_tui.ui.dialogs.form import Entry


class ItemForm(Form[None]):
    """The request, the parts of a UR-modified item, which item it follows, the date of service."""

    AGAIN_ID = "item.edit"

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
        for name, label in LABELS.items():
            if name in HINTS:
                yield Static(Content(HINTS[name]), classes="hint")
            yield self.field(label, name, value_of(item, name))

    def path(self, name: str) -> str:
        return f"items[{self._index}].{name}"

    def on_mount(self) -> None:
        entry = self.query_one(f"#{self._at}", Line)
        entry.focus()
        if self._span is not None:
            start, end = self._span
            entry.selection = Selection.cursor(end)._replace(start=start)

    def change(self, name: str, text: str) -> Change:
        count = len(self.app.open_case.items)
        return item_change(self._index, name, text, count, self.app.today)

    def completed(self, name: str, text: str) -> str:
        return item_text_in_full(name, text, self.app.today)

    def taken(self, entry: Entry) -> None:
        if entry.id == "date_of_service":
            spell(entry, self.app.today)
