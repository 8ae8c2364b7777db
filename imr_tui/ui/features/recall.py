"""Inserts text of earlier rationales into the rationale of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from imr_tui.ui import dialogs
from imr_tui.ui.features.phrases import blanks_left

if TYPE_CHECKING:
    from imr_tui.recall.insertion import Insertion, Recalled, Span
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.navigation import Navigation
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.state import Shell, State
    from imr_tui.ui.widgets.prose import Prose


class Recall:
    """Opens the list of earlier rationales, and inserts what was chosen as one step."""

    def __init__(
        self, state: State, shell: Shell, editing: Editing, navigation: Navigation
    ) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing
        self._navigation = navigation

    def open(self, prose: Prose) -> None:
        """Let the reviewer choose for a rationale: at its cursor, or its end if not entered."""
        # Loads the readers of requests, which a stage does without.
        from imr_tui.recall.subject import subject

        screen = cast("StageScreen", prose.screen)
        index = screen.stage.item or 0
        case = self._state.open_case
        at = prose.span if screen.is_typing else None

        def insert(recalled: Recalled | None) -> None:
            if recalled is not None:
                self._insert(index, recalled, at)

        wanted = dialogs.recall.Wanted(
            self._state.folder.path, case.number, index, subject(case.items[index].request)
        )
        self._shell.push_screen(dialogs.recall.RecallScreen(wanted), insert)

    def _insert(self, index: int, recalled: Recalled, at: Span | None) -> None:
        from imr_tui.recall.insertion import insertion

        case = self._state.open_case
        if self._state.read_only or index >= len(case.items):
            return
        made = insertion(case, index, recalled, at, self._state.now)
        with self._editing.refusing():
            if self._editing.edit(made.change):
                self._show(made)

    def _show(self, made: Insertion) -> None:
        """Build the stage again: the undo history of its text has no part of the step."""
        from imr_tui.phrases.blanks import blanks
        from imr_tui.recall.in_words import to_check

        left = blanks(made.prepared.text)
        end = len(made.prepared.text)
        first, behind = left[0].span if left else (end, end)
        self._navigation.show_text(made.index, (made.start + first, made.start + behind))
        self._shell.hint(" ".join((to_check(made), blanks_left(left))).strip() or "Inserted.")
