"""The worklist of the shared store, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

from imr_tui.store.config.account_folder import account_name
from imr_tui.store.shared.cases.columns import NO_LIMIT, ROW, row_from
from imr_tui.store.shared.connection.address import address_of, role_of
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from imr_tui.store.shared.replication.share_note import read_note
from imr_tui.store.shared.worklist.filters import filter_of
from imr_tui.store.shared.worklist.pages import Place, Scan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Sequence
    from datetime import datetime
    from pathlib import Path

    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.contract import Query, Scope
    from imr_tui.store.shared.worklist.pages import Step
    from imr_tui.store.worklist.rows import Row

SECONDS = 4.0
"""How long a page may take before the store counts as unreachable."""
MAX_COUNT = 1_000
"""So many finished cases are counted at most."""
_COLUMNS: LiteralString = f"{ROW}, changed"
_WHOSE: dict[Scope, LiteralString] = {
    "mine": "reviewer = %(reviewer)s",
    "unassigned": "reviewer = ''",
    "all": "true",
}


class SharedRow(NamedTuple):
    """One case of the worklist."""

    row: Row
    changed: datetime
    """When it was changed last."""


class SharedRows:
    """The rows that a role may see; implements `CaseRows`. Not thread-safe.

    A word `text:lumbar` of a query is searched in what the reviewers wrote, by its stem; the cases
    found are in the order of their last change. Words are searched in the unfinished cases, and in
    the last `pages.WINDOW` finished ones of a reviewer; among all cases, those of three characters
    or more are searched in every case.
    """

    def __init__(
        self,
        database: Database,
        reviewer: str,
        was_shared: Callable[[str], bool] = lambda number: False,
    ) -> None:
        """`reviewer`: the role whose cases are those of the scope `mine`.

        `was_shared`: whether this folder has once sent or received the case of a number.
        """
        self._database = database
        self._reviewer = reviewer
        self._was_shared = was_shared

    def is_coordinator(self) -> bool:
        """Whether the role sees the cases of others; raises Unreachable or CannotStore."""
        [(answer,)] = self._database.run(
            "select pg_has_role(current_user, 'imr_coordinator', 'member')", seconds=SECONDS
        )
        return bool(answer)

    def rows(self, query: Query, after: Row | None, limit: int) -> list[Row]:
        """A page of rows, as in `CaseRows`; raises Unreachable or CannotStore."""
        place = None if after is None else self._place_of(after)
        return [each.row for each in self._page(query, place, limit)]

    def page(self, query: Query, after: SharedRow | None, limit: int) -> list[SharedRow]:
        """At most `limit` cases that follow `after`; raises Unreachable or CannotStore."""
        return self._page(query, None if after is None else place_of(after), limit)

    def finished(self, scope: Scope) -> int:
        """The number of finished cases, at most MAX_COUNT; raises Unreachable or CannotStore."""
        sql = f"select 1 from cases where {_WHOSE[scope]} and rank = 3 limit %(limit)s"
        values = {"reviewer": self._reviewer, "limit": MAX_COUNT}
        counted: LiteralString = f"select count(*) from ({sql}) as finished"
        [(number,)] = self._database.run(counted, values, seconds=SECONDS)
        return int(number)

    def missing(self, numbers: Collection[str]) -> set[str]:
        """Those of `numbers`, of cases in the folder, that were not shared yet.

        A case that another reviewer has by now is not among them, though its row cannot be seen.
        Raises Unreachable or CannotStore.
        """
        sql = "select number from cases where number = any(%(numbers)s)"
        found = self._database.run(sql, {"numbers": list(numbers)}, seconds=SECONDS)
        unseen = set(numbers) - {number for (number,) in found}
        return {number for number in unseen if not self._was_shared(number)}

    def _page(self, query: Query, after: Place | None, limit: int) -> list[SharedRow]:
        found: list[SharedRow] = []
        # Not with a filter: which index is best depends on the words.
        is_prepared = not query.words.strip()
        steps = _steps(query, after or Place())
        count: int | None = None
        while len(found) < limit and (step := _sent(steps, count)) is not None:
            values = step.values | {"reviewer": self._reviewer, "limit": limit - len(found)}
            records = self._database.run(step.sql, values, seconds=SECONDS, is_prepared=is_prepared)
            if not step.is_trial or len(records) >= limit - len(found):
                found += map(_shared_row, records)
            count = len(records)
        return found

    def _place_of(self, row: Row) -> Place:
        sql = "select changed from cases where number = %(number)s"
        records = self._database.run(sql, {"number": row.number}, seconds=SECONDS)
        return _place(row, records[0][0] if records else "infinity")


def _sent(steps: Generator[Step, int], count: int | None) -> Step | None:
    """The next step after one that found so many rows, or None."""
    try:
        return next(steps) if count is None else steps.send(count)
    except StopIteration:
        return None


def _steps(query: Query, after: Place) -> Generator[Step, int]:
    found = filter_of(query.words, query.today)
    scan = Scan(_COLUMNS, _WHOSE[query.scope], found, after, query.scope == "all")
    if found.prose:
        return scan.by_change()
    return scan.by_urgency(shows_finished=query.shows_finished or bool(query.words.strip()))


def place_of(shared: SharedRow) -> Place:
    """The place of a row in the worklist."""
    return _place(shared.row, shared.changed)


def _place(row: Row, changed: datetime | str) -> Place:
    return Place(row.rank, row.due or NO_LIMIT, row.number, changed)


def _shared_row(record: Sequence[Any]) -> SharedRow:
    *values, changed = record
    return SharedRow(row_from(values), changed)


def shared_rows(host: Host, folder: Path) -> SharedRows:
    """The rows for this account, by the address in the machine's settings; raises BadInput.

    Nothing is connected before the first use.
    """
    role = role_of(host, account_name())
    database = Database(address_of(host.shared, role), ServerMemory(folder))

    def was_shared(number: str) -> bool:
        note = read_note(folder, number)
        return note is not None and note.revision > 0

    return SharedRows(database, role, was_shared)
