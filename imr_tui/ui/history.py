"""What can be undone: the earlier and the undone states of the open case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.case import Case

DEPTH = 500
"""Steps that are remembered."""


class History:
    """Linear undo and redo over whole cases; parts that did not change are shared."""

    def __init__(self) -> None:
        self._past: list[Case] = []
        self._future: list[Case] = []
        self._step = ""

    def note(self, before: Case, step: str) -> None:
        """Remember the state `before` an edit, unless the edit goes on with the last step."""
        if not step or step != self._step:
            self._past.append(before)
            del self._past[:-DEPTH]
        self._step = step
        self._future.clear()

    def undo(self, now: Case) -> Case | None:
        """The state before the last step, or None; `now` can be had back by `redo`."""
        return self._swap(self._past, self._future, now)

    def redo(self, now: Case) -> Case | None:
        """The state that was last undone, or None."""
        return self._swap(self._future, self._past, now)

    def _swap(self, source: list[Case], target: list[Case], now: Case) -> Case | None:
        while source and source[-1] == now:
            source.pop()
        if not source:
            return None
        self._step = ""
        target.append(now)
        return source.pop()
