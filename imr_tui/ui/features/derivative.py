"""Decides an item like the one that it depends on, and adds the matching phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.workflow import Place, Stage
from imr_tui.errors import BadInput, ImrError

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.navigation import Navigation
    from imr_tui.ui.state import Shell, State

PHRASES = {"upheld": "derivative", "overturned": "derivative-supported"}
"""The phrase for each decision; the reviewer's or the site's takes the place of the shipped one."""


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
            self._shell.hint("This item follows no other. Press e to enter the item it follows.")
        elif case.items[at].decision is None:
            self._shell.hint(f"Item {at + 1}, which this item follows, has no decision yet.")
        else:
            self._decide_like(case, index, at)

    def _decide_like(self, case: Case, index: int, at: int) -> None:
        try:
            after, added = _decided(case, index, at, self._state)
        except ImrError as error:
            self._shell.complain(error)
            return
        decision = f"{case.items[at].decision} like item {at + 1}"
        with self._editing.refusing():
            if not self._editing.edit(lambda now: after if now == case else now):
                self._shell.hint(f"This item is already {decision}.")
                return
            self._show(index, after, added)
            self._shell.hint(f"This item is now {decision} (^z undoes).")

    def _show(self, index: int, case: Case, added: int) -> None:
        """Build the stage again, with the first blank of the `added` characters selected."""
        from imr_tui.phrases.blanks import blanks

        text = case.items[index].rationale
        start = len(text) - added
        left = next(iter(blanks(text[start:])), None)
        span = (start + left.span[0], start + left.span[1]) if left else (len(text), len(text))
        place = Place("rationale", index)
        self._navigation.show_stage(Stage("decision", index), place, span)


def _decided(case: Case, index: int, at: int, state: State) -> tuple[Case, int]:
    """The case with the item decided, and how many characters its rationale has gained.

    Raises BadInput or CannotStore if the phrase cannot be had.
    """
    from imr_tui.model import edits
    from imr_tui.phrases.case_values import case_values
    from imr_tui.store.config.phrase_files import load_phrases

    phrases = load_phrases(state.folder)
    name = PHRASES[case.items[at].decision or "upheld"]
    phrase = phrases.get(name, "rationale")
    if phrase is None:
        raise BadInput(f"The phrase .{name} cannot be used in a rationale. Nothing was changed.")
    decided = edits.decide_like(case, index, at + 1)
    try:
        words = phrases.expand(phrase, case_values(decided, index))
    except ValueError as error:
        raise BadInput(f"{error}. Nothing was changed.") from error
    after = edits.append_to_rationale(decided, index, words)
    gained = len(after.items[index].rationale) - len(case.items[index].rationale)
    return after, gained
