"""The dialog that lists the items in dispute: add, edit, move, remove, go to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.model import edits
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.item_form import ItemForm

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Item


class ItemsScreen(Dialog[int | None]):
    """Follows the case; answers with the item that Enter chose, or None."""

    HEADING = "Items in dispute"
    BINDINGS = [  # noqa: RUF012
        Binding("a", "add", "Add", id="items.add", tooltip="Add an item at the end"),
        Binding("e", "edit_item", "Edit", id="items.edit", tooltip="Edit the highlighted item"),
        Binding(
            "d", "remove", "Remove", id="items.remove", tooltip="Remove it; undo brings it back"
        ),
        Binding("K", "move(-1)", "Up", id="items.up", key_display="K", tooltip="Move it up"),
        Binding("J", "move(1)", "Down", id="items.down", key_display="J", tooltip="Move it down"),
        Binding("ctrl+z", "app.undo", "Undo", id="items.undo", tooltip="Undo the last change"),
    ]

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def body(self) -> Iterable[Widget]:
        yield OptionList(compact=True)

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show)
        self._highlight(self._at)

    def _show(self) -> None:
        case = self.app.case
        if case is not None:
            at = self._list.highlighted or 0
            self._list.set_options(Option(_line(item, n)) for n, item in enumerate(case.items, 1))
            self._highlight(at)

    def _highlight(self, index: int) -> None:
        count = self._list.option_count
        self._list.highlighted = min(max(index, 0), count - 1) if count else None

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("add", "edit_item", "remove", "move") and self.app.read_only:
            return None
        return True

    def action_add(self) -> None:
        if self.app.editing.refuses(edits.add_item):
            return
        index = len(self.app.open_case.items)
        self.edit(edits.add_item)
        self._at = index
        self.app.push_screen(ItemForm(index), lambda _: self._highlight(index))

    def action_edit_item(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.app.push_screen(ItemForm(index))

    def action_remove(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.edit(partial(edits.remove_item, index=index))

    def action_move(self, step: int) -> None:
        index = self._list.highlighted
        if index is not None and 0 <= index + step < self._list.option_count:
            self._list.highlighted = index + step
            self.edit(partial(edits.move_item, index=index, to=index + step))

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


def _line(item: Item, number: int) -> Content:
    decision = (item.decision or "open").upper()
    follows = f" (with item {item.follows})" if item.follows else ""
    modified = " (UR-modified)" if item.is_modified else ""
    return Content(
        f"{number:>2}  {decision:<10}  {item.request or '(no request)'}{modified}{follows}"
    )
