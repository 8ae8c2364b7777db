"""The lines about an item: its number, its request and its decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.containers import VerticalScroll
from textual.content import Content

from imr_tui.domain import case_in_words
from imr_tui.ui.app import ImrApp
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.model.case import Case


class ItemHead(VerticalScroll):
    """The number and the request; takes the focus only if there is more to scroll to."""

    app = getters.app(ImrApp)

    def __init__(self, index: int) -> None:
        super().__init__(can_focus=False)
        self._index = index

    def compose(self) -> ComposeResult:
        yield DerivedText()

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Show the item as it is now."""
        case = self.app.case
        if case is None or self._index >= len(case.items):
            return
        self.query_one(DerivedText).say(
            head_of(case, self._index, self.app.keys.name("item.edit")), layout=True
        )
        self.call_after_refresh(self._allow_focus)

    def on_resize(self) -> None:
        self.call_after_refresh(self._allow_focus)

    def _allow_focus(self) -> None:
        self.can_focus = self.max_scroll_y > 0


def head_of(case: Case, index: int, edit: str) -> Content:
    """The lines about item `index`, which the key `edit` edits."""
    lines = case_in_words.head_of(case, index, f"(no request yet: {edit} edits it)")
    head, *more = lines
    return Content("\n").join([Content.styled(head, "bold"), *map(Content, more)])


class Verdict(DerivedText, can_focus=True):
    """Both decisions side by side, one as easy to take as the other, each with its key."""

    def __init__(self, index: int, *, id: str) -> None:
        super().__init__("", id=id)
        self._index = index

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Mark the decision."""
        case = self.app.case
        if case is None or self._index >= len(case.items):
            return
        decision = case.items[self._index].decision
        uphold, overturn = map(self.app.keys.name, ("decision.uphold", "decision.overturn"))
        line = Content.assemble(
            "Decision:  ",
            *_answer(decision == "upheld", uphold, "Upheld"),
            "   ",
            *_answer(decision == "overturned", overturn, "Overturned"),
        )
        self.say(line)


def _answer(is_chosen: bool, key: str, label: str) -> tuple[str | tuple[str, str], ...]:
    """A decision with its mark and its key."""
    style = "bold" if is_chosen else ""
    return (f"{'(x)' if is_chosen else '( )'} ", style), (key, "$text-accent"), (f" {label}", style)
