"""The rows of the worklist from the shared store, or from the folder while it is unreachable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.contract import Query
from imr_tui.store.worklist.selection import FOLDED, matches
from imr_tui.ui.features.case_rows.folder_source import FolderSource
from imr_tui.ui.features.case_rows.row_source import Listed, folded_note
from imr_tui.ui.features.case_rows.shared_pages import SharedPages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import Scope
    from imr_tui.store.worklist.rows import Row
    from imr_tui.ui.features.case_rows.row_source import View
    from imr_tui.ui.features.case_rows.shared_reader import Answer, Rows

_PROSE = "text:"
_MAX_COUNT = 1_000
_NOTES: dict[Scope, str] = {
    "mine": "",
    "unassigned": "Cases without a reviewer",
    "all": "Cases of all reviewers",
}


class SharedSource:
    """A `RowSource`: pages of the shared store, and the cases that only this folder has.

    Until the store has answered, and while it does not answer, the rows are the folder's.
    """

    can_sort = False

    def __init__(
        self,
        folder: Path,
        setup: CheckSetup,
        names: EmployeeNames,
        report: Callable[[], None],
        fail: Callable[[Exception], None],
        connect: Callable[[], Rows],
        call_later: Callable[[Callable[[Answer], None], Answer], object],
    ) -> None:
        """`connect` and `call_later` as for `SharedPages`, the others as for `FolderSource`."""
        self._report = report
        self._folder = FolderSource(folder, setup, names, self._folder_changed, fail)
        self._pages = SharedPages(self._update, fail, connect, call_later)
        self._rows: list[Row] = []
        self._changed: dict[str, int] = {}

    def start(self, setup: CheckSetup) -> None:
        self._folder.start(setup)
        self._pages.again()

    def preview(self) -> bool:
        return self._folder.preview()

    def stop(self) -> None:
        self._folder.stop()
        self._pages.pause()

    def nudge(self) -> None:
        self._folder.nudge()
        self._pages.again()

    def give_way(self) -> None:
        self._folder.give_way()

    def reach(self, at: int) -> None:
        self._pages.reach(at)

    def listed(self, view: View) -> Listed:
        answer = self._pages.answer
        is_few = answer is not None and answer.finished < FOLDED
        words = " ".join(view.words.split())
        self._pages.want(Query(view.today, words, view.scope, view.shows_finished or is_few))
        if (answer := self._pages.readable) is None:
            return self._listed_by_folder(view)
        is_folded = not answer.query.shows_finished and not answer.query.words
        folded = folded_note(answer.finished, view.key, _MAX_COUNT) if is_folded else ""
        note = ". ".join(filter(None, (_NOTES[answer.query.scope], folded)))
        return Listed(self._rows, note, "changed" if _is_of_prose(answer.query) else "due")

    def _listed_by_folder(self, view: View) -> Listed:
        error = self._pages.error
        if view.scope != "mine" or _PROSE in view.words:
            return Listed([], error)
        listed = self._folder.listed(view._replace(order="due"))
        return listed._replace(note=error or listed.note)

    def _folder_changed(self) -> None:
        self._pages.note_folder(frozenset(row.number for row in self._folder.rows))
        self._update()

    def _update(self) -> None:
        """Take over the rows that are known now."""
        if (answer := self._pages.readable) is not None:
            rows = [shared.row for shared in answer.rows]
            own = self._own(answer)
            self._rows = sorted((*rows, *own), key=lambda row: row.urgency) if own else rows
            self._changed = {
                shared.row.name: int(shared.changed.timestamp() * 10**9) for shared in answer.rows
            }
        self._report()

    def _own(self, answer: Answer) -> list[Row]:
        """The matching cases that only this folder has, as far as the pages were read."""
        query = answer.query
        if query.scope != "mine" or not answer.missing or _is_of_prose(query):
            return []
        is_wanted = matches(query.words, query.today)
        shows_finished = query.shows_finished or bool(query.words)
        end = None if answer.is_complete else answer.rows[-1].row.urgency
        return [
            row
            for row in self._folder.rows
            if row.number in answer.missing
            and is_wanted(row)
            and (shows_finished or not row.is_finished)
            and (end is None or row.urgency <= end)
        ]

    @property
    def is_current(self) -> bool:
        return self._pages.is_current

    def is_awaited(self) -> bool:
        return self._pages.is_awaited

    @property
    def scopes(self) -> tuple[Scope, ...]:
        answer = self._pages.answer
        is_coordinator = answer is not None and answer.is_coordinator
        return ("mine", "unassigned", "all") if is_coordinator else ("mine",)

    @property
    def fault(self) -> str:
        return self._folder.fault

    @property
    def waiting(self) -> int:
        return self._folder.waiting

    @property
    def count(self) -> int:
        answer = self._pages.readable
        return self._folder.count if answer is None else len(self._rows) + answer.finished

    @property
    def has_finished(self) -> bool:
        answer = self._pages.readable
        return self._folder.has_finished if answer is None else answer.finished > 0

    def has(self, row: Row) -> bool:
        # Without a new query, the case has left the list.
        return self._pages.is_first_answer

    def changed(self, name: str) -> int:
        return self._changed.get(name) or self._folder.changed(name)


def _is_of_prose(query: Query) -> bool:
    return any(word.startswith(_PROSE) for word in query.words.casefold().split())
