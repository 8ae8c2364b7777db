"""The open case on its way to the disk: its current state, its saver, what can be undone."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.store.keeper import Keeper
from imr_tui.store.saver import Report, Saver, Task
from imr_tui.ui.history import History

if TYPE_CHECKING:
    from imr_tui.case import Case
    from imr_tui.edits import Change
    from imr_tui.store.casefile import CaseFile
    from imr_tui.store.kept import KeptText
    from imr_tui.store.versions import Event


class Session:
    """From opening a case to leaving it. Every new state goes to the saver at once."""

    def __init__(
        self, file: CaseFile, report: Report, keeper: Keeper | None = None, *, writes: bool = True
    ) -> None:
        self.case = file.case
        """The case as it is now."""
        self.file = file
        """Where it is kept."""
        self._writes = writes
        self._gate = threading.Lock()
        self._history = History()
        self._keeper = keeper or Keeper(file)
        self._saver = Saver(self._keeper.save, report, self._keeper.keep)
        if writes:
            self._saver.then(self._keeper.prepare)

    def edit(self, change: Change, step: str) -> bool:
        """Apply `change` as a step that can be undone; False if it changes nothing."""
        before = self.case
        if not self._turn_to(change(before)):
            return False
        self._history.note(before, step)
        return True

    def fill(self, change: Change) -> None:
        """Apply `change` without a step: undo does not take it back."""
        self._turn_to(change(self.case))

    def undo(self) -> bool:
        """Go back to before the last step; False if there is none."""
        return self._turn_to(self._history.undo(self.case))

    def redo(self) -> bool:
        """Do again what was last undone; False if there is nothing."""
        return self._turn_to(self._history.redo(self.case))

    def adopt(self, case: Case) -> None:
        """Go on with what the file holds already, as a step that can be undone."""
        self._history.note(self.case, "")
        self.case = case

    def _turn_to(self, case: Case | None) -> bool:
        with self._gate:
            if case is None or case == self.case or not self._writes:
                return False
            self.case = case
            self._saver.put(case)
            return True

    # ── The disk ─────────────────────────────────────────────────────────────────────────

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds the case as it is now."""
        return self._saver.is_idle

    @property
    def is_kept(self) -> bool:
        """Whether the disk holds the case as it is now, if only in another place for now."""
        return self._saver.is_kept

    @property
    def lag(self) -> float:
        """For how many seconds the disk has lacked a state of the case."""
        return self._saver.lag

    async def saved(self) -> bool:
        """Wait until the disk holds it; False if that does not come about in a few seconds."""
        return await asyncio.to_thread(self.flush)

    async def kept(self) -> bool:
        """The same, where another place on the disk will do."""
        return await asyncio.to_thread(self.flush, or_kept=True)

    def flush(self, seconds: float | None = None, *, or_kept: bool = False) -> bool:
        """Wait at most so long until the disk holds it, on any thread; whether it does."""
        return self._saver.flush(seconds, or_kept=or_kept)

    def text(self) -> KeptText:
        """The case as it is now, for whoever takes it over."""
        return self._keeper.text_of(self.case)

    def then(self, task: Task) -> None:
        """Do `task` on the saver's thread, once what was edited until now has been tried."""
        self._saver.then(task)

    def mark(self, event: Event) -> None:
        """Keep the case as it is now as a version; nobody waits for it."""
        self.then(partial(self.file.note, self.case, event))

    def let_go(self) -> bool:
        """Write no more; False, with nothing changed, if the disk does not have all of it."""
        with self._gate:
            if self._writes and self._saver.flush():
                self._writes = False
            return not self._writes

    def close(self) -> None:
        """End the saver's thread; what is not on the disk by now is given up."""
        is_saved = self.is_saved
        self._saver.close()
        self._keeper.close(is_saved=is_saved)
