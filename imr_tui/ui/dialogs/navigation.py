"""The dialogs that list the stages and the items of the case, to go to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.domain import workflow
from imr_tui.domain.case_in_words import item_line
from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.pick import Choices, Pick, Row, search_keys

if TYPE_CHECKING:
    from imr_tui.model.case import Case


class GoToScreen(Pick[Stage]):
    """Lists the stages, each with whether it is complete; letters narrow the list."""

    BINDINGS = search_keys("stages", "Go", "Go to this stage")

    def __init__(self, case: Case, stage: Stage) -> None:
        walk = workflow.walk(case)
        at = walk.index(stage) if stage in walk else 0
        rows = partial(_stages, case)
        super().__init__(Choices("Go to", rows, at=at, search="review, decision 2, mri, ..."))


def _stages(case: Case, typed: str, _: int) -> Iterator[Row[Stage]]:
    """The stages with words that begin like the typed ones."""
    wanted = typed.casefold().split()
    for stage in workflow.walk(case):
        line = _stage_line(case, stage)
        words = line.plain.casefold().split()
        if all(any(word.startswith(each) for word in words) for each in wanted):
            yield Row.of(line, stage)


def _stage_line(case: Case, stage: Stage) -> Content:
    mark = "[x]" if workflow.is_complete(case, stage) else "[ ]"
    about = f"  {case.items[stage.item].request}" if stage.item is not None else ""
    return Content(f"{mark} {stage.name}{about}")


class ItemsScreen(Pick[int]):
    """Lists the items in dispute, to add, edit, move, remove or go to one."""

    BINDINGS = [  # noqa: RUF012
        bind("items.add", "add", "Add", "Add an item at the end"),
        bind("items.edit", "edit_item", "Edit", "Edit the highlighted item"),
        bind("items.remove", "remove", "Remove", "Remove the item (undo restores it)"),
        bind("items.up", "move(-1)", "Up", "Move the item up", key_display="K"),
        bind("items.down", "move(1)", "Down", "Move the item down", key_display="J"),
        bind("app.undo", "app.undo", "Undo", "Undo the last change"),
    ]

    def __init__(self, at: int) -> None:
        super().__init__(Choices("Items in dispute", self._items, at=at, follows_case=True))

    def _items(self, *_: object) -> Iterator[Row[int]]:
        case = self.app.case
        for at, item in enumerate(case.items if case is not None else ()):
            yield Row.of(Content(item_line(item, at + 1)), at)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action == "add":
            return self.app.read_only
        if action in ("edit_item", "remove", "move"):
            empty = "" if self.app.open_case.items else "There are no items. Add one with a."
            return self.app.read_only or empty
        return ""

    def action_add(self) -> None:
        if self.app.parts.editing.refuses(edits.add_item):
            return
        index = len(self.app.open_case.items)
        self.edit(edits.add_item)
        self.app.push_screen(ItemForm(index), lambda _: self.highlight(index))

    def action_edit_item(self) -> None:
        if (index := self.listed.highlighted) is not None:
            self.app.push_screen(ItemForm(index))

    def action_remove(self) -> None:
        if (index := self.listed.highlighted) is not None:
            self.edit(partial(edits.remove_item, index=index))

    def action_move(self, step: int) -> None:
        index = self.listed.highlighted
        if index is not None and 0 <= index + step < self.listed.option_count:
            self.listed.highlighted = index + step
            self.edit(partial(edits.move_item, index=index, to=index + step))
