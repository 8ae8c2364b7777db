"""The open case on its way to the disk: its current state, its saver, what can be undone."""

import asyncio

from imr_tui.case import Case
from imr_tui.edits import Change
from imr_tui.store.casefile import CaseFile
from imr_tui.store.saver import Report, Saver
from imr_tui.ui.history import History


class Session:
    """From opening a case to leaving it. Every new state goes to the saver at once."""

    def __init__(self, file: CaseFile, report: Report) -> None:
        self.case = file.case
        """The case as it is now."""
        self._history = History()
        self._saver = Saver(file.save, report)

    def edit(self, change: Change, step: str) -> bool:
        """Apply `change` as a step that can be undone; False if it changes nothing."""
        before, self.case = self.case, change(self.case)
        if self.case == before:
            return False
        self._history.note(before, step)
        self._saver.put(self.case)
        return True

    def fill(self, change: Change) -> None:
        """Apply `change` without a step: undo does not take it back."""
        before, self.case = self.case, change(self.case)
        if self.case != before:
            self._saver.put(self.case)

    def undo(self) -> bool:
        """Go back to before the last step; False if there is none."""
        return self._turn_to(self._history.undo(self.case))

    def redo(self) -> bool:
        """Do again what was last undone; False if there is nothing."""
        return self._turn_to(self._history.redo(self.case))

    def _turn_to(self, case: Case | None) -> bool:
        if case is None:
            return False
        self.case = case
        self._saver.put(case)
        return True

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds the case as it is now."""
        return self._saver.is_idle

    async def saved(self) -> bool:
        """Wait until the disk holds it; False if that does not come about in a few seconds."""
        return await asyncio.to_thread(self._saver.flush)

    def flush(self, seconds: float) -> bool:
        """Wait at most so long until the disk holds it, on any thread; whether it does."""
        return self._saver.flush(seconds)

    def close(self) -> None:
        """End the saver's thread; what is not on the disk by now is given up."""
        self._saver.close()
