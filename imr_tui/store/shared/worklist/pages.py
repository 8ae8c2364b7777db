"""The statements that find a page of the worklist, each of them of bounded cost.

Which statement uses which index must not depend on the planner's estimates: the store keeps no
statistics, because a reviewer could read from them what the cases of others hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from imr_tui.store.shared.worklist.filters import Filter

FEW = 1_000
"""In so many of the last finished cases a filter is tried before the index of words is used."""
WINDOW = 10_000
"""In so many of them if the index would find too many, or there is no word for it."""
OFTEN = 25
"""A filter that so many unfinished cases match is tried in WINDOW finished ones."""
OFTEN_OF_FEW = 3
"""A filter that so many of the FEW finished cases match is, too."""
MOST = 10_000
"""So many cases are taken from the index of words, whichever they are, if it has more."""
NEWEST = 500
"""In so many of the newest cases a word of the prose is tried before the index is used."""
RECENT = 30_000
"""In so many of the newest cases the index of the prose is used before it is for all cases."""
OWN = 5_000
"""In so many of the newest cases of one reviewer a word of the prose is looked for."""
_EVERY = 1_000_000_000
# The planner takes an index, row by row, if it does not know the limit; else it sorts all rows.
_WINDOW: LiteralString = "(select %(window)s::bigint)"
# A partial index applies to a literal only.
_UNFINISHED: LiteralString = "rank < 3 and (rank, due, number) > (%(rank)s, %(due)s, %(number)s)"
# Of one reviewer, written so that the partial index, of all reviewers, does not apply.
_UNFINISHED_OF_ONE: LiteralString = """(rank, due, number) < (3, '-infinity', '')
    and (rank, due, number) > (%(rank)s, %(due)s, %(number)s)"""
_BY_URGENCY: LiteralString = "order by rank, due, number"
_FINISHED: LiteralString = """rank = 3 and due <= %(due)s
    and (due < %(due)s or number > %(number)s)"""
_BACKWARDS: LiteralString = "order by due desc, number"
_BY_CHANGE: LiteralString = "order by changed desc, number desc"


class Place(NamedTuple):
    """A place in the worklist: that of the case with these values, or before all cases."""

    rank: int = -1
    due: str = "-infinity"
    number: str = ""
    changed: datetime | str = "infinity"
    """When the case was changed; a search in the prose has the newest first."""


_FIRST_FINISHED = Place(3, "infinity")


class Step(NamedTuple):
    """One statement, with a place for the value `limit`."""

    sql: LiteralString
    values: dict[str, Any]
    is_trial: bool = False
    """Whether its rows only count if there are as many as were asked for."""


class Scan(NamedTuple):
    """What is looked for, and from where on."""

    columns: LiteralString
    """The columns of the result."""
    whose: LiteralString
    """The condition for the reviewer, such as `reviewer = ''`."""
    found: Filter
    """The filter."""
    after: Place
    """The cases that follow this place are found."""
    is_of_all: bool
    """Whether these are the cases of all reviewers, and not some thousands of one."""

    def by_urgency(self, *, shows_finished: bool) -> Generator[Step, int]:
        """The steps for cases in the order of `Row.urgency`; each is answered by its count."""
        after, found, count = self.after, self.found, OFTEN
        if after.rank < 3:
            follows = _UNFINISHED if self.is_of_all else _UNFINISHED_OF_ONE
            count = yield self._walk(follows, _BY_URGENCY, after)
            after = _FIRST_FINISHED
        if not shows_finished or found.is_of_unfinished:
            return
        if not found.conditions:
            yield self._walk(_FINISHED, _BACKWARDS, after)
        elif not self.is_of_all or not found.indexed:
            # The policy lets no index of words be used for one reviewer's cases.
            yield self._walk(_FINISHED, _BACKWARDS, after, WINDOW)
        else:
            tried = yield self._walk(_FINISHED, _BACKWARDS, after, FEW)._replace(is_trial=True)
            if count >= OFTEN or tried >= OFTEN_OF_FEW:
                yield self._walk(_FINISHED, _BACKWARDS, after, WINDOW)._replace(is_trial=True)
            yield self._by_index(after)

    def by_change(self) -> Generator[Step, int]:
        """The steps for a search in the prose, the newest cases first."""
        if not self.is_of_all:
            yield self._newest(OWN)
            return
        yield self._newest(NEWEST)._replace(is_trial=True)
        yield self._recent(
            "changed <= %(changed)s and changed >= (select min(changed) from ("
            f"select changed from cases where changed <= %(changed)s {_BY_CHANGE}"
            " limit %(window)s) as recent) and",
            window=RECENT,
        )._replace(is_trial=True)
        yield self._recent("")

    def _walk(
        self, follows: LiteralString, order: LiteralString, after: Place, window: int = _EVERY
    ) -> Step:
        """The cases that match among so many in the order of an index."""
        return Step(
            f"select {self.columns} from (select * from cases where {self.whose} and {follows}"
            f" {order} limit {_WINDOW}) as cases where {self.found.sql} {order} limit %(limit)s",
            self._values(after, window),
        )

    def _by_index(self, after: Place) -> Step:
        """All finished cases that match, which are few."""
        # The other conditions stay outside, so that no other index looks better to the planner.
        return Step(
            f"with found as materialized (select number, due, rank from cases where {self.whose}"
            f" and {self.found.sql_by_index} limit %(window)s),"
            f" first as materialized (select number from found where {_FINISHED} {_BACKWARDS}"
            f" limit %(limit)s) select {self.columns} from cases"
            f" where number in (select first.number from first) {_BACKWARDS}",
            self._values(after, MOST),
        )

    def _newest(self, window: int) -> Step:
        return Step(
            f"select {self.columns} from (select * from cases where {self.whose}"
            f" and (changed, number) < (%(changed)s, %(number)s) {_BY_CHANGE}"
            f" limit {_WINDOW}) as cases where {self._prose} {_BY_CHANGE} limit %(limit)s",
            self._newest_values(window),
        )

    def _recent(self, of: LiteralString, window: int = 0) -> Step:
        return Step(
            f"with found as materialized (select * from cases where {self.whose} and {of}"
            f" {self._prose} and (changed, number) < (%(changed)s, %(number)s))"
            f" select {self.columns} from found as cases {_BY_CHANGE} limit %(limit)s",
            self._newest_values(window),
        )

    @property
    def _prose(self) -> LiteralString:
        query: LiteralString = "search @@ plainto_tsquery('english', %(prose)s)"
        return f"{query} and {self.found.sql}"

    def _values(self, after: Place, window: int) -> dict[str, Any]:
        key = {"rank": after.rank, "due": after.due, "number": after.number}
        return self.found.values | key | {"window": window}

    def _newest_values(self, window: int) -> dict[str, Any]:
        # Before all: a number that follows every other one.
        number = self.after.number or "\U0010ffff"
        key = {"changed": self.after.changed, "number": number, "prose": self.found.prose}
        return self.found.values | key | {"window": window}
