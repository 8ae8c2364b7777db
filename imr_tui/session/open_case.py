"""The open case: its current state, its saver and its undo history."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import Signed
from imr_tui.model.limits import MAX_CASE_BYTES
from imr_tui.model.size import Scale, require_allowed
from imr_tui.session.undo_history import UndoHistory
from imr_tui.store.cases.saver import Report, Saver, Task
from imr_tui.store.recovery.keeper import Keeper

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.model.case import Case
    from imr_tui.model.edits import Change
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.history.versions import Event
    from imr_tui.store.recovery.kept_text import KeptText


_TRIES = 20
"""How often giving a case away is tried while its reviewer continues typing."""


class OpenCase:
    """A case from opening it to leaving it. Every new state goes to the saver at once."""

    def __init__(
        self,
        file: CaseFile,
        report: Report,
        keeper: Keeper | None = None,
        *,
        writes: bool = True,
        why_refused: Callable[[Case], str] = lambda case: "",
        saved: Callable[[CaseFile, Case], object] = lambda file, case: None,
    ) -> None:
        """`why_refused`: why an edit must not lead to a case, as a sentence; blank if it may.

        `saved` is called on the saver's thread with each case that the file holds then.
        """
        self.case = file.case
        """The current state of the case."""
        self.file = file
        """Its file."""
        self._takes_edits = writes
        self._saved = saved
        self._why_refused = why_refused
        self._given: Case | None = None
        self._gate = threading.Lock()
        self.history = UndoHistory()
        """The steps that undo takes back."""
        self._keeper = keeper or Keeper(file)
        self._saver = Saver(self._save, report, self._keeper.keep)
        if writes:
            self._saver.then(self._keeper.prepare)
        self._scale = Scale()
        self._size = self._scale.size(file.case)

    @property
    def room(self) -> int:
        """How many bytes the case may still grow by."""
        return max(MAX_CASE_BYTES - self._size.bytes, 0)

    def changed(self, change: Change) -> Case:
        """The case after `change`.

        Raises LimitReached where its file would hold too much, Signed where the correction of a
        signed case does not allow it.
        """
        case = change(self.case)
        if case is not self.case:
            require_allowed(self._scale.size(case), self._size)
            if says := self._why_refused(case):
                raise Signed(says)
        return case

    @property
    def writes_case(self) -> bool:
        """Whether edits go into the case file."""
        return self._takes_edits and not self.file.is_given_away

    @property
    def takes_edits(self) -> bool:
        """Whether the case can be edited, be it into its file or into a copy."""
        return self._takes_edits

    @property
    def kept_case(self) -> Case:
        """The state that the case file holds, or will hold once it is saved."""
        return self.case if self._given is None else self._given

    @property
    def has_copy(self) -> bool:
        """Whether the case was edited since it was given away; such edits are kept as a copy."""
        return self._given is not None and self.case != self._given

    def edit(self, change: Change, step: str) -> bool:
        """Apply `change` as a step that can be undone; False if it changes nothing.

        Raises what `changed` raises, with nothing changed.
        """
        before = self.case
        if not self._turn_to(self.changed(change)):
            return False
        self.history.note(before, step)
        return True

    def fill(self, change: Change) -> None:
        """Apply `change` without a step that undo could take back; raises as `edit` does."""
        self._turn_to(self.changed(change))

    def undo(self) -> bool:
        """Go back to before the last step; False without a step."""
        return self._turn_to(self.history.undo(self.case))

    def redo(self) -> bool:
        """Redo the step that was undone last; False without such a step."""
        return self._turn_to(self.history.redo(self.case))

    def adopt(self, case: Case) -> None:
        """Continue with a text that the file holds already, as a step that can be undone."""
        self.history.note(self.case, "")
        self.case = case
        self._size = self._scale.size(case)

    def _turn_to(self, case: Case | None) -> bool:
        with self._gate:
            if case is None or case == self.case or not self._takes_edits:
                return False
            self.case = case
            self._size = self._scale.size(case)
            self._saver.put(case)
            return True

    def _save(self, case: Case) -> None:
        self._keeper.save(case)
        self._saved(self.file, case)

    # ── The disk ─────────────────────────────────────────────────────────────────────────

    @property
    def is_saved(self) -> bool:
        """Whether the current state is saved in the case file."""
        return self._saver.is_idle

    @property
    def is_kept(self) -> bool:
        """Whether the current state is saved, in the case file or elsewhere."""
        return self._saver.is_kept

    @property
    def lag(self) -> float:
        """For how many seconds a state of the case has not been saved."""
        return self._saver.lag

    async def saved(self) -> bool:
        """Wait until the case is saved; False if it is not after a few seconds."""
        return await asyncio.to_thread(self.flush)

    async def kept(self) -> bool:
        """Wait until the case is saved, in its file or elsewhere."""
        return await asyncio.to_thread(self.flush, or_kept=True)

    def flush(self, seconds: float | None = None, *, or_kept: bool = False) -> bool:
        """Wait at most so long until the case is saved; whether it is. For any thread."""
        return self._saver.flush(seconds, or_kept=or_kept)

    def text(self) -> KeptText:
        """The current state, for the process that takes it over."""
        return self._keeper.text_of(self.case)

    def then(self, task: Task) -> None:
        """Call `task` on the saver's thread, after it has tried to save the edits until now."""
        self._saver.then(task)

    def mark(self, event: Event) -> None:
        """Keep the current state as a version, on the saver's thread."""
        self.then(partial(self.file.note, self.case, event))

    def save_aside(self) -> None:
        """Keep the current state beside the text that another program wrote into the file.

        From any thread; raises CannotStore.
        """
        with self._gate:
            case = self.case
        self.file.save_aside(case)

    def let_go(self) -> bool:
        """Stop writing the file; later edits go into a copy. From any thread.

        False, with nothing changed, if not everything can be saved first.
        """
        for _ in range(_TRIES):
            if not self._saver.flush():
                return False
            with self._gate:
                # A key may have come since the flush.
                if self._saver.is_idle:
                    self.file.give_away()
                    self._given = self.case
                    return True
        return False

    def reread(self) -> None:
        """Take over the text of the file, where nothing was edited here.

        Raises BadInput or CannotStore.
        """
        self.case = self.file.reread()
        self._given = self.case if self._given is not None else None

    def close(self) -> None:
        """End the saver's thread; edits that are not saved by now are given up."""
        is_saved = self.is_saved
        self._saver.close()
        self._keeper.close(is_saved=is_saved)
