"""The rows of the worklist of plain mode, in lines that name every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.contract import Query
from imr_tui.store.worklist.listing import Listing
from imr_tui.store.worklist.rows import BROKEN
from imr_tui.store.worklist.selection import IN_WORDS, ORDERS, ordered, visible

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.plain.session import PlainSession
    from imr_tui.store.contract import Scope
    from imr_tui.store.worklist.rows import Row
    from imr_tui.store.worklist.selection import Order

MAX_SHARED = 1_000
"""Rows of the shared store that are listed at most; the filter finds the others."""


class CaseList:
    """Reads the rows again whenever the worklist is said."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session
        self._listing: Listing | None = None
        self.words = ""
        """The filter, in the syntax of `selection.matches`."""
        self.order: Order = "due"
        """The column that the rows are sorted by."""
        self.scope: Scope = "mine"
        """Whose cases are listed, with a shared store."""
        self.shows_finished = False
        """Whether finished cases are listed, too, if there are many."""
        self.rows: list[Row] = []
        """The rows that are listed."""
        self.folded = 0
        """The number of finished cases that are not."""

    def read(self) -> None:
        """Read the rows; says an error if a store cannot be read."""
        session, today = self._session, self._session.today
        rows = []
        try:
            rows = self._from_folder()
        except ImrError as error:
            session.console.error(str(error))
        if session.sharing.is_on:
            rows = self._with_shared(rows)
        self.rows, self.folded = visible(
            ordered(rows, self.order, self._changed),
            self.words,
            today,
            shows_written=self.shows_finished,
        )

    def _from_folder(self) -> list[Row]:
        session = self._session
        setup = session.check_setup()
        if self._listing is None:
            names = session.settings.employee_names
            self._listing = Listing(session.folder.path, setup, names)
        self._listing.setup = setup
        self._listing.look()
        self._listing.read()
        self._listing.keep()
        return self._listing.rows()

    def _with_shared(self, own: list[Row]) -> list[Row]:
        """The rows of the folder, and those that only the shared store has."""
        # The driver, which sessions of a folder alone do without.
        from imr_tui.store.shared.connection.driver import require_driver

        query = Query(self._session.today, self.words, self.scope, self.shows_finished)
        try:
            require_driver()
            from imr_tui.store.shared.worklist.rows import shared_rows

            found = shared_rows(self._session.host, self._session.folder.path)
            shared = found.rows(query, None, MAX_SHARED)
        except ImrError as error:
            self._session.console.error(str(error))
            return own
        there = {row.number for row in own}
        own = own if self.scope == "mine" else []
        return [*own, *(row for row in shared if row.number not in there or not own)]

    def _changed(self, name: str) -> int:
        return self._listing.changed(name) if self._listing is not None else 0

    @property
    def why_empty(self) -> str:
        """Why no case is listed, as sentences."""
        if self.words:
            return "No case matches the filter. all lists all cases."
        return f"There is no case in {self._session.folder.path} yet. n creates one."

    def find(self, typed: str) -> Row | None:
        """The row with this position in the list, or this case number; None if no row has it."""
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(self.rows):
            return self.rows[int(typed) - 1]
        wanted = typed.casefold()
        return next((row for row in self.rows if row.number.casefold() == wanted), None)


def order_named(typed: str) -> Order | None:
    """The order with this name, such as `number` or `last change`; None for another word."""
    return next((order for order in ORDERS if typed in (order, IN_WORDS[order])), None)


def in_words(row: Row, now: datetime) -> str:
    """One case, every value with its meaning: `CM26-1, due 2026-12-20 (in 3 days), draft`."""
    if row.state == BROKEN:
        return f"{row.number}, BROKEN: {row.problem}"
    near = row.near(now.date())
    due = f"due {row.due}" + (f" ({near})" if near else "") if row.due else "no due date"
    parts = [
        row.number,
        due,
        row.priority,
        f"{row.decided} of {row.items} items decided",
        row.shown_state(now),
        f"next {row.stage}" if row.stage and not row.is_finished else "",
        row.employee,
        row.request,
        row.note,
    ]
    return ", ".join(filter(None, parts))
