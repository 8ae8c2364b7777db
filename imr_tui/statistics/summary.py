"""All statistics of a set of cases: totals, clocks, and the groups of one grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.categories import OTHER
from imr_tui.statistics.clocks import Clock, Timeliness, clocks, timeliness
from imr_tui.statistics.groups import Group, Grouping, group

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from imr_tui.statistics.facts import CaseFacts


class Period(NamedTuple):
    """The days on which the counted determinations were written, both included."""

    first: date | None = None
    """The first day; None for no limit."""
    last: date | None = None
    """The last day; None for no limit."""

    def has(self, day: date | None) -> bool:
        """Whether a day lies in the period; an unknown day only lies in a period without limits."""
        if day is None:
            return self == ALWAYS
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


ALWAYS = Period()


class Statistics(NamedTuple):
    """The statistics of a set of cases; None stands for a count that is hidden."""

    by: Grouping
    """What `groups` are."""
    period: Period
    """When the determinations were written."""
    unfinished: int | None
    """The other cases of the folder, whose determination is not written yet."""
    cases: int | None
    """The counted cases."""
    several: int | None
    """How many of them have more than one item."""
    items: int | None
    """The items of the counted cases."""
    upheld: int | None
    """How many of them were upheld."""
    overturned: int | None
    """How many of them were overturned."""
    clocks: tuple[Clock, ...]
    """How long the determinations took."""
    timeliness: Timeliness
    """How many of them were in time."""
    groups: tuple[Group, ...]
    """The counts of each group."""
    drugs: tuple[Group, ...]
    """The classes of drugs, beside the categories of service; blank for other groupings."""
    other: tuple[str, ...]
    """The requests in the category `other`, beside the categories; blank for other groupings."""
    is_public: bool = False
    """Whether small counts were hidden."""


def summarize(
    cases: Sequence[CaseFacts], by: Grouping, period: Period = ALWAYS, unfinished: int = 0
) -> Statistics:
    """The statistics of those of `cases` that were written in the period."""
    counted = [each for each in cases if period.has(each.written)]
    items = [item for each in counted for item in each.items]
    outcomes = [item.outcome for item in items]
    is_category = by == "category"
    others = (item.request for item in items if item.category == OTHER)
    return Statistics(
        by=by,
        period=period,
        unfinished=unfinished,
        cases=len(counted),
        several=sum(len(each.items) > 1 for each in counted),
        items=len(items),
        upheld=outcomes.count("upheld"),
        overturned=outcomes.count("overturned"),
        clocks=clocks(counted),
        timeliness=timeliness(counted),
        groups=group(counted, by),
        drugs=group(counted, "drug") if is_category else (),
        other=tuple(sorted(others)) if is_category else (),
    )
