"""The rows of the worklist from the folder of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.worklist.listing import Listing
from imr_tui.store.worklist.selection import ordered, visible
from imr_tui.ui.features.case_rows.folder_poller import FolderPoller
from imr_tui.ui.features.case_rows.row_source import Listed, folded_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imr_tui.checks import CheckSetup
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import Scope
    from imr_tui.store.worklist.rows import Row
    from imr_tui.store.worklist.selection import Order
    from imr_tui.ui.features.case_rows.row_source import View


class FolderSource:
    """A `RowSource`: a row for every case file, by the index first."""

    can_sort = True
    is_current = True
    scopes: tuple[Scope, ...] = ("mine",)

    def __init__(
        self,
        folder: Path,
        setup: CheckSetup,
        names: EmployeeNames,
        report: Callable[[], None],
        fail: Callable[[Exception], None],
    ) -> None:
        """`names`: how the rows name the employee; `fail` is called with an unexpected error."""
        self._listing = Listing(folder, setup, names)
        self._poller = FolderPoller(self._listing, self._update, fail)
        self._report = report
        self.rows: list[Row] = []
        """All rows, in the order of the last view."""
        self._order: Order = "due"

    @property
    def fault(self) -> str:
        return self._poller.fault

    @property
    def waiting(self) -> int:
        return self._poller.waiting

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def has_finished(self) -> bool:
        return any(row.is_finished for row in self.rows)

    def is_awaited(self) -> bool:
        return False

    def preview(self) -> bool:
        if self._listing.is_empty:
            return False
        self._update()
        return True

    def start(self, setup: CheckSetup) -> None:
        self._listing.setup = setup
        self._poller.start()

    def stop(self) -> None:
        self._poller.stop()

    def nudge(self) -> None:
        self._poller.nudge()

    def give_way(self) -> None:
        self._poller.give_way()

    def reach(self, at: int) -> None:
        pass

    @uncollected()
    def _update(self) -> None:
        """Take over the rows that are known now."""
        rows = [] if self._poller.fault else self._listing.rows()
        self.rows = ordered(rows, self._order, self._listing.changed)
        self._report()

    def listed(self, view: View) -> Listed:
        if view.order != self._order:
            self._order = view.order
            self.rows = ordered(self.rows, self._order, self._listing.changed)
        shown, folded = visible(
            self.rows, view.words, view.today, shows_written=view.shows_finished
        )
        return Listed(shown, folded_note(folded, view.key), view.order)

    def has(self, row: Row) -> bool:
        return any(each.name == row.name for each in self.rows)

    def changed(self, name: str) -> int:
        return self._listing.changed(name)
