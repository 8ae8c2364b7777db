"""What an item is: its number, its request, and for a UR-modified one its other parts."""

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.case import Case, Item
from imr_tui.ui.desk import Desk


class ItemHead(Static):
    """Follows the item while it is edited."""

    app = getters.app(Desk)

    def __init__(self, index: int) -> None:
        super().__init__("")
        self._index = index

    def on_mount(self) -> None:
        self.watch(self.app, "case", self.show)

    def show(self) -> None:
        """Write the head anew, if it says something else."""
        case = self.app.case
        if case is not None and self._index < len(case.items):
            head = head_of(case, self._index)
            if self.content != head:
                self.update(head)


def head_of(case: Case, index: int) -> Content:
    """The lines about item `index`."""
    item = case.items[index]
    lines = [
        f"Item {index + 1} of {len(case.items)}: {item.request or '(no request yet: e edits it)'}"
    ]
    lines += list(_modified(item))
    if item.follows:
        lines.append(f"Stands or falls with item {item.follows}.")
    return Content("\n".join(lines))


def _modified(item: Item) -> tuple[str, ...]:
    if not (item.original or item.authorized):
        return ()
    return (f"Originally requested: {item.original}", f"Authorized by UR: {item.authorized}")
