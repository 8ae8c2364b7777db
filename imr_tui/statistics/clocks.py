"""The two clocks: days from assignment, and from complete records, to the written determination."""

from __future__ import annotations

from math import ceil
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from imr_tui.statistics.facts import CaseFacts

_PERCENTILE = 0.9


class Clock(NamedTuple):
    """How many calendar days determinations took; None stands for what is hidden or unknown."""

    key: str
    """`assigned` or `complete`: the date from which the days count."""
    name: str
    """What it measures."""
    cases: int | None
    """The cases that have both dates, the later one not before the other."""
    median: float | None
    """The median of the days."""
    ninetieth: int | None
    """The days within which nine of ten determinations were written (nearest rank)."""


class Timeliness(NamedTuple):
    """How many determinations were in time; None stands for a count that is hidden."""

    in_time: int | None
    """Those written on the due date or before."""
    late: int | None
    """Those written after it."""


def clocks(cases: Sequence[CaseFacts]) -> tuple[Clock, Clock]:
    """Both clocks of the cases."""
    assigned = _days((each.assigned, each.written) for each in cases)
    complete = _days((each.complete, each.written) for each in cases)
    return (
        _clock("assigned", "From assignment to the determination", assigned),
        _clock("complete", "From complete records to the determination", complete),
    )


def timeliness(cases: Sequence[CaseFacts]) -> Timeliness:
    """How many of the cases that have a due date and a date of writing were in time."""
    both = [(each.due, each.written) for each in cases]
    late = [written > due for due, written in both if due and written]
    return Timeliness(late.count(False), late.count(True))


def _days(pairs: Iterable[tuple[date | None, date | None]]) -> list[int]:
    counted = ((end - begin).days for begin, end in pairs if begin and end)
    # A determination before the assignment is a wrong date, not a fast reviewer.
    return sorted(days for days in counted if days >= 0)


def _clock(key: str, name: str, days: Sequence[int]) -> Clock:
    if not days:
        return Clock(key, name, 0, None, None)
    return Clock(key, name, len(days), median(days), days[ceil(_PERCENTILE * len(days)) - 1])
