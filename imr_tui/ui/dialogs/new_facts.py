"""The dialog of the facts that the organization changed, each to be accepted or rejected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.session.received_facts import described
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.domain.fact_change import FactChange


class NewFactsScreen(Dialog[None]):
    """Lists what is not decided yet. An accepted fact is an edit, which undo takes back."""

    HEADING = "New facts from the organization"
    BINDINGS = [  # noqa: RUF012
        bind("facts.accept", "accept", "Accept", "Put this fact into the case"),
        bind("facts.reject", "reject", "Keep mine", "Leave the case as it is"),
        bind(
            "facts.accept-all",
            "accept_all",
            "Accept all",
            "Accept all facts, except for those that remove your work",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[FactChange, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self._how), classes="hint")
        yield OptionList(id="facts")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show_facts)
        self._list.focus()

    @property
    def _how(self) -> str:
        accept, reject = map(self.app.keys.name, ("facts.accept", "facts.reject"))
        return f"{accept} accepts a fact, {reject} keeps yours. Enter changes nothing."

    @property
    def _list(self) -> OptionList:
        return self.query_one("#facts", OptionList)

    def show_facts(self) -> None:
        """List the facts that are not decided yet; close the dialog if none is left."""
        if self.app.case is None or not self.is_attached:
            return
        at, before = self._list.highlighted or 0, self._facts
        self._facts = self.app.parts.new_facts.pending
        self._list.set_options(Option(_described(each)) for each in self._facts)
        self._list.highlighted = min(at, len(self._facts) - 1) if self._facts else None
        if before and not self._facts and self.is_current:
            self.app.parts.new_facts.settle()
            self.dismiss(None)
            undo = self.app.keys.name("app.undo")
            self.app.hint(f"You have decided about all new facts. {undo} undoes what you accepted.")

    @property
    def _chosen(self) -> FactChange | None:
        at = self._list.highlighted
        return self._facts[at] if at is not None and at < len(self._facts) else None

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("accept", "accept_all"):
            return self.app.read_only
        return self.app.parts.new_facts.why_no_reject if action == "reject" else ""

    def action_accept(self) -> None:
        """Accept the fact at the cursor; one that removes work only with a second key."""
        if (fact := self._chosen) is None:
            return
        asked = f"{fact.warning} Press {self.app.keys.name('facts.accept')} again."
        if fact.warning and not self.app.parts.hints.answers(asked):
            self.app.hint(asked)
        elif not self.app.parts.editing.refuses(fact.apply):
            self.edit(fact.apply)

    def action_accept_all(self) -> None:
        accept = self.app.parts.new_facts.all_accepted
        if not self.app.parts.editing.refuses(accept):
            self.edit(accept)

    def action_reject(self) -> None:
        if (fact := self._chosen) is not None:
            self.app.parts.new_facts.reject(fact)
            self.show_facts()

    @on(OptionList.OptionSelected)
    def explain(self) -> None:
        """Enter decides nothing: it may have been meant for something else."""
        self.app.hint(self._how)


def _described(fact: FactChange) -> Content:
    """A fact, its name in bold."""
    name, *states = described(fact)
    return Content("\n").join((Content.styled(name, "bold"), *map(Content, states)))
