"""The line below the worklist: what is being read, what Enter does, or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.store.worklist.rows import CHANGED, CLOSED

if TYPE_CHECKING:
    from imr_tui.keys.key_map import KeyMap
    from imr_tui.store.config import ResumePoint
    from imr_tui.store.worklist.rows import Row
    from imr_tui.ui.features.case_rows.row_source import RowSource
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
    source: RowSource
    """Where the rows are from."""
    is_filtered: bool
    """Whether something is typed into the filter."""
    is_started: bool
    """Whether the folder has been read, and not only its cached rows."""
    is_of_others: bool = False
    """Whether cases of the shared store are shown that are not the reviewer's."""

    @property
    def sentence(self) -> str:
        """The line; blank if there is nothing to say."""
        return self._progress() or self._offered() or self._problem()

    @property
    def resumes(self) -> bool:
        """Whether the cursor is on the case of the last session."""
        return bool(self.offer and self.chosen and self.chosen.number == self.offer.number)

    def _progress(self) -> str:
        if not (waiting := self.source.waiting):
            return ""
        count = self.source.count
        return f"Reading {count - waiting:,} of {count:,} cases..."

    def _offered(self) -> str:
        return f"Enter continues at {self.offer}" if self.resumes else ""

    def _problem(self) -> str:
        """The problem of the case at the cursor, or why there is no case."""
        keys = self.state.keys
        if (chosen := self.chosen) is not None:
            if chosen.note:
                shows = f"{keys.name('worklist.facts')} shows them."
                then = "It can only be read." if chosen.state == CLOSED else shows
                return f"{chosen.note} {then}"
            if chosen.state == CHANGED:
                when = chosen.written_at(self.state.now)
                return f"Letter written {when}. The case or the letter file has changed since."
            return chosen.problem
        if self.is_filtered:
            return "No case matches the filter; Esc shows all."
        if self.is_of_others:
            return f"The shared store has no such case; {keys.name('worklist.scope')} shows others."
        if self.source.count:
            return f"All cases are finished; {keys.name('worklist.written')} shows them."
        if not self.is_started:
            return ""
        where = self.state.folder.path
        return f"There is no case in {where} yet; {keys.name('worklist.new')} creates one."


def quitting(keys: KeyMap) -> str:
    """The hint of the first key that quits: prose typed by mistake must not end the app."""
    return f"Press {keys.name('worklist.quit')} again to quit; everything is saved."


def why_not(action: str, state: State, source: RowSource) -> str:
    """Why an action on the cases of `source` cannot be used now; blank if it can."""
    if action in ("new", "import") and state.read_only:
        return state.read_only
    if action == "import" and state.reading:
        return "A letter is being read; esc stops it."
    if action == "sort" and not source.can_sort:
        return "The cases of the shared store are always sorted by due date."
    if action == "scope" and state.host.shared and len(source.scopes) == 1:
        return "Only a coordinator of the shared store sees the cases of others."
    # Every key asks this of every action, so the rows are searched for one action only.
    if action == "show_written" and not source.has_finished:
        return "No case of this folder is finished yet."
    return ""


def why_not_open(chosen: Row | None, source: RowSource, keys: KeyMap, *, facts: bool) -> str:
    """Why the case at the cursor cannot be opened; blank if it can.

    `facts`: whether the facts that the organization changed are wanted.
    """
    if not source.is_current:
        return "The shared store has not answered yet; the list is an earlier one."
    if chosen is None:
        key = keys.name("worklist.new")
        return "" if source.count else f"There is no case to open; {key} creates one."
    if facts and not chosen.has_new_facts:
        return "The organization changed no fact of this case."
    return ""
