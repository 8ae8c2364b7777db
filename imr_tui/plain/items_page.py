"""The items in dispute: list, add, edit, move and remove them, or go to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.case_in_words import item_line
from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.plain.command import Command
from imr_tui.plain.item_form import edit_item
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.plain.page_table import stage_page

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession


class ItemsPage:
    """Items are named by their numbers."""

    title = "Items in dispute"

    def __init__(self, session: PlainSession, item: int | None = None) -> None:
        """`item`: the 0-based item at which the reviewer is, if any."""
        self._session = session
        self._console = session.console
        self.item = item
        """The 0-based item at which the reviewer is, if any."""

    def lines(self) -> Iterable[str]:
        items = self._session.case.items
        if not items:
            yield "There are no items. a adds one."
        for number, item in enumerate(items, 1):
            yield item_line(item, number).lstrip()

    def prompt(self) -> str:
        many = len(self._session.case.items)
        return f"Items in dispute, {many or 'none'}"

    def commands(self) -> Sequence[Command]:
        return [
            Command("o", "open the decision", self._open),
            Command("a", "add", self._add, ("items.add",)),
            Command("e", "edit", self._edit, ("items.edit",)),
            Command("d", "remove", self._remove, ("items.remove",)),
            Command("m", "move, such as m 3 1", self._move, ("items.up", "items.down")),
        ]

    def _row(self, typed: str) -> int | None:
        return row_typed(self._console, typed, len(self._session.case.items), "item")

    def _open(self, typed: str) -> Page | None:
        """`o 2` goes to the decision of an item."""
        at = self._row(typed)
        return None if at is None else stage_page(self._session, Stage("decision", at))

    def _add(self, request: str) -> None:
        """`a` adds an item and asks for its fields; `a 6 massage sessions` needs no question."""
        index = len(self._session.case.items)
        change = partial(edits.add_item, request=request)
        if not self._session.edit(change, f"Item {index + 1} was added."):
            return
        if not request:
            edit_item(self._session, index)

    def _edit(self, typed: str) -> None:
        """`e 2` asks for the fields of an item."""
        if (at := self._row(typed)) is not None:
            edit_item(self._session, at)

    def _remove(self, typed: str) -> None:
        """`d 2` removes an item."""
        if (at := self._row(typed)) is None:
            return
        request = self._session.case.items[at].request or "(no request)"
        says = f"Item {at + 1} was removed; undo restores: {request}"
        self._session.edit(partial(edits.remove_item, index=at), says)

    def _move(self, typed: str) -> None:
        """`m 3 1` moves the third item to the first place."""
        which, _, to = typed.partition(" ")
        at = self._row(which)
        if at is None or (place := self._row(to.strip())) is None:
            return
        says = f"Item {at + 1} is item {place + 1} now."
        self._session.edit(partial(edits.move_item, index=at, to=place), says)
