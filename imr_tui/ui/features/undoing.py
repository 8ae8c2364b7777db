"""Undoes and redoes the edits of the open case, says what changed, and shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.domain.changes import Difference
    from imr_tui.keys.key_map import KeyMap
    from imr_tui.model.case import Case
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.state import Shell, State

NOTHING_TO_UNDO = ("There is nothing to undo.", "")
NOTHING_TO_REDO = ("There is nothing to redo.", "")
"""The beginning of the answer to a key, and the key that reverses it."""


def undone(keys: KeyMap) -> tuple[str, str]:
    """The same once something was undone."""
    return "Undone", f"{keys.name('app.redo')} redoes"


def redone(keys: KeyMap) -> tuple[str, str]:
    """The same once something was redone."""
    return "Redone", f"{keys.name('app.undo')} undoes"


class Undoing:
    """The keys for undo and redo."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        show_change: Callable[[Difference], object],
    ) -> None:
        """`show_change` rebuilds the screen in view, and shows the place of a change."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._show_change = show_change

    def undo(self) -> None:
        """Undo the last step, say what it was, and show it."""
        session = self._editing.session
        if session is not None and not self._state.read_only:
            before = session.case
            self._turned(before, undone(self._state.keys) if session.undo() else NOTHING_TO_UNDO)

    def redo(self) -> None:
        """Redo the step that was undone last, say what it was, and show it."""
        session = self._editing.session
        if session is not None and not self._state.read_only:
            before = session.case
            self._turned(before, redone(self._state.keys) if session.redo() else NOTHING_TO_REDO)

    def _turned(self, before: Case, did: tuple[str, str]) -> None:
        """Follow an undo or redo of the state `before`."""
        # The first frame does without.
        from imr_tui.domain import changes

        assert self._editing.session is not None
        found = changes.describe(before, self._editing.session.case)
        if not found:
            self._shell.hint(did[0])
            return
        self._editing.follow()
        self._show_change(found[0])
        self._shell.hint(changes.sentence(did[0], found, did[1]))
