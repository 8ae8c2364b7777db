"""The undo history of the open case, and those of the cases that were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Case

DEPTH = 500
"""The number of steps that are remembered."""
CASES = 10
"""The number of cases whose steps are remembered after they are left."""


class UndoHistory:
    """Linear undo and redo of whole cases, which share their unchanged parts."""

    def __init__(self) -> None:
        self._past: list[Case] = []
        self._future: list[Case] = []
        self._step = ""

    def note(self, before: Case, step: str) -> None:
        """Remember the state `before` an edit, unless the edit continues the last step."""
        if not step or step != self._step:
            self._past.append(before)
            del self._past[:-DEPTH]
        self._step = step
        self._future.clear()

    def undo(self, now: Case) -> Case | None:
        """The state before the last step, or None; `redo` returns to `now`."""
        return self._swap(self._past, self._future, now)

    def redo(self, now: Case) -> Case | None:
        """The state that was undone last, or None."""
        return self._swap(self._future, self._past, now)

    def _swap(self, source: list[Case], target: list[Case], now: Case) -> Case | None:
        while source and source[-1] == now:
            source.pop()
        if not source:
            return None
        self._step = ""
        target.append(now)
        return source.pop()

    def end_step(self) -> None:
        """Let the next edit begin a step, even in the same field."""
        self._step = ""


class LeftHistories:
    """The undo histories of the cases that were left in this session, in memory only."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[Case, UndoHistory]] = {}

    def put(self, case: Case, history: UndoHistory) -> None:
        """Remember the history of a case, and the state in which the case was left."""
        self._left.pop(case.number, None)
        self._left[case.number] = (case, history)
        while len(self._left) > CASES:
            del self._left[next(iter(self._left))]

    def take(self, case: Case) -> UndoHistory | None:
        """The history of a case that is opened again, or None.

        If its file has changed since, the steps do not lead to this state: an undo would silently
        remove what another session or program wrote. The history is then dropped.
        """
        left, history = self._left.pop(case.number, (None, None))
        if history is None or left != case:
            return None
        history.end_step()
        return history
