"""Decides an item like the one that it depends on, and adds the matching phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.workflow import Place, Stage
from imr_tui.errors import ImrError
from imr_tui.session.derivative import decided_like, no_decision_yet

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.navigation import Navigation
    from imr_tui.ui.state import Shell, State


class DerivativeDecision:
    """Answers the key of the decision stage for items that depend on another one."""

    def __init__(
        self, state: State, shell: Shell, editing: Editing, navigation: Navigation
    ) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing
        self._navigation = navigation

    def decide(self, index: int) -> None:
        """Decide the 0-based item like its primary item, as one step; or say why not."""
        # Loaded with the first use, as it reads the words of the requests.
        from imr_tui.checks.primary_item import primary_item

        case = self._state.open_case
        at = primary_item(case, index)
        if at is None:
            key = self._state.keys.name("item.edit")
            self._shell.hint(
                f"This item follows no other. Press {key} to enter the item it follows."
            )
        elif case.items[at].decision is None:
            self._shell.hint(no_decision_yet(at))
        else:
            self._decide_like(case, index, at)

    def _decide_like(self, case: Case, index: int, at: int) -> None:
        try:
            after, added = decided_like(case, index, at, self._state.folder)
        except ImrError as error:
            self._shell.complain(error)
            return
        decision = f"{case.items[at].decision} like item {at + 1}"
        with self._editing.refusing():
            if not self._editing.edit(lambda now: after if now == case else now):
                self._shell.hint(f"This item is already {decision}.")
                return
            self._show(index, after, added)
            undo = self._state.keys.name("app.undo")
            self._shell.hint(f"This item is now {decision} ({undo} undoes).")

    def _show(self, index: int, case: Case, added: int) -> None:
        """Build the stage again, with the first blank of the `added` characters selected."""
        from imr_tui.phrases.blanks import blanks

        text = case.items[index].rationale
        start = len(text) - added
        left = next(iter(blanks(text[start:])), None)
        span = (start + left.span[0], start + left.span[1]) if left else (len(text), len(text))
        place = Place("rationale", index)
        self._navigation.show_stage(Stage("decision", index), place, span)
