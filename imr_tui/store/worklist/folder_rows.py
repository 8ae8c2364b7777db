"""The worklist of a folder in pages, as every store of cases offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.selection import matches

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import Query
    from imr_tui.store.worklist.rows import Row


class FolderRows:
    """The rows of the case files of one folder."""

    def __init__(self, folder: Path, setup: CheckSetup, names: EmployeeNames = "initials") -> None:
        """`names`: how the rows name the employee."""
        self._folder = folder
        self._setup = setup
        self._names = names

    def rows(self, query: Query, after: Row | None, limit: int) -> list[Row]:
        """A page of rows, as in `CaseRows`; a folder has only the cases of one reviewer."""
        is_wanted = matches(query.words, query.today)
        shows_finished = query.shows_finished or bool(query.words.strip())
        found = (
            row
            for row in rows_of(self._folder, self._setup, self._names)
            if is_wanted(row)
            and (shows_finished or not row.is_finished)
            and (after is None or row.urgency > after.urgency)
        )
        return sorted(found, key=lambda row: row.urgency)[:limit]
