"""What an item is: its number, its request, and for a UR-modified one its other parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.app import ImrApp
from imr_tui.ui.widgets.content_equality import shows

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.model.case import Case, Item


class ItemHead(VerticalScroll):
    """Follows the item while it is edited; takes the focus only if there is more to scroll to."""

    app = getters.app(ImrApp)

    def __init__(self, index: int) -> None:
        super().__init__(can_focus=False)
        self._index = index

    def compose(self) -> ComposeResult:
        yield Static("")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Write the head anew, if it says something else."""
        case = self.app.case
        if case is None or self._index >= len(case.items):
            return
        shown = self.query_one(Static)
        head = head_of(case, self._index)
        if not shows(shown, head):
            shown.update(head)
        self.call_after_refresh(self._allow_focus)

    def on_resize(self) -> None:
        self.call_after_refresh(self._allow_focus)

    def _allow_focus(self) -> None:
        self.can_focus = self.max_scroll_y > 0


def head_of(case: Case, index: int) -> Content:
    """The lines about item `index`."""
    item = case.items[index]
    request = item.request or "(no request yet: e edits it)"
    lines = [f"Item {index + 1} of {len(case.items)}: {request}", *_modified(item)]
    if item.follows:
        lines.append(f"Stands or falls with item {item.follows}.")
    return Content("\n".join(lines))


def _modified(item: Item) -> tuple[str, ...]:
    if not (item.original or item.authorized):
        return ()
    return (f"Originally requested: {item.original}", f"Authorized by UR: {item.authorized}")
