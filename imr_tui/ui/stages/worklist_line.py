"""The line below the worklist: what is being read, what Enter does, or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.store.worklist.rows import CHANGED

if TYPE_CHECKING:
    from imr_tui.store.config import ResumePoint
    from imr_tui.store.worklist.rows import Row
    from imr_tui.ui.state import State


@dataclass(frozen=True)
class Situation:
    """What the line depends on."""

    state: State
    """The state of the app."""
    chosen: Row | None
    """The row at the cursor."""
    offer: ResumePoint | None
    """Where the last session ended."""
    count: int
    """The number of cases."""
    waiting: int
    """The number of cases that are not read yet."""
    is_filtered: bool
    """Whether something is typed into the filter."""
    is_started: bool
    """Whether the folder has been read, and not only its cached rows."""

    @property
    def sentence(self) -> str:
        """The line; blank if there is nothing to say."""
        return self._progress() or self._offered() or self._problem()

    @property
    def resumes(self) -> bool:
        """Whether the cursor is on the case of the last session."""
        return bool(self.offer and self.chosen and self.chosen.number == self.offer.number)

    def _progress(self) -> str:
        if not self.waiting:
            return ""
        return f"Reading {self.count - self.waiting:,} of {self.count:,} cases..."

    def _offered(self) -> str:
        return f"Enter continues at {self.offer}" if self.resumes else ""

    def _problem(self) -> str:
        """The problem of the case at the cursor, or why there is no case."""
        if (chosen := self.chosen) is not None:
            if chosen.state == CHANGED:
                when = chosen.written_at(self.state.now)
                return f"Letter written {when}. The case or the letter file has changed since."
            return chosen.problem
        if self.is_filtered:
            return "No case matches the filter; Esc shows all."
        if self.count:
            return "All letters are written."
        if not self.is_started:
            return ""
        return f"There is no case in {self.state.folder.path} yet; n creates one."
