"""The line below the worklist: what is being read, what Enter does, or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.store.worklist.rows import CHANGED, CLOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

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
            if chosen.note:
                then = "It can only be read." if chosen.state == CLOSED else "f shows them."
                return f"{chosen.note} {then}"
            if chosen.state == CHANGED:
                when = chosen.written_at(self.state.now)
                return f"Letter written {when}. The case or the letter file has changed since."
            return chosen.problem
        if self.is_filtered:
            return "No case matches the filter; Esc shows all."
        if self.count:
            return "All cases are finished; . shows them."
        if not self.is_started:
            return ""
        return f"There is no case in {self.state.folder.path} yet; n creates one."


def why_not(action: str, state: State, rows: Sequence[Row]) -> str:
    """Why an action on the folder, with its `rows`, cannot be used now; blank if it can."""
    if action in ("new", "import") and state.read_only:
        return state.read_only
    if action == "import" and state.reading:
        return "A letter is being read; esc stops it."
    # Every key asks this of every action, so the rows are searched for one action only.
    if action == "show_written" and not any(row.is_finished for row in rows):
        return "No case of this folder is finished yet."
    return ""


def why_not_open(chosen: Row | None, count: int, *, shows_facts: bool) -> str:
    """Why the case at the cursor, of so many, cannot be opened; blank if it can.

    `shows_facts`: whether the facts that the organization changed are wanted.
    """
    if chosen is None:
        return "" if count else "There is no case to open; n creates one."
    if shows_facts and not chosen.has_new_facts:
        return "The organization changed no fact of this case."
    return ""
