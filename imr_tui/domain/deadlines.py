"""Computes when a determination is due, and explains it (8 CCR 9792.10.5, 9792.10.6).

The time limit is directory: a late letter is still valid, so a deadline never blocks anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from imr_tui.domain.holidays import state_holidays

if TYPE_CHECKING:
    from imr_tui.model.case import Item, Particulars
    from imr_tui.model.limits import Priority

STANDARD_DAYS = 30
"""Calendar days allowed for a standard review."""
FORMULARY_DAYS = 5
"""Working days allowed for a formulary drug dispute."""
EXPEDITED_DAYS = 3
"""Calendar days allowed for an expedited review."""

_LIMITS: dict[Priority, tuple[int, str]] = {
    "standard": (STANDARD_DAYS, "days"),
    "formulary": (FORMULARY_DAYS, "working days"),
    "expedited": (EXPEDITED_DAYS, "days"),
}


@dataclass(frozen=True)
class Due:
    """A due date with its explanation."""

    day: date
    """The last day on which the determination is in time."""
    why: str
    """One sentence that explains how the date was computed."""

    def days_left(self, today: date) -> int:
        """Calendar days from `today` to the due date; negative when it has passed."""
        return (self.day - today).days


def due(case: Particulars) -> Due | None:
    """Compute the due date: the limit for the case's priority, from the later of the two receipts.

    None if neither the application nor the records have a date. A due date on a weekend is not
    moved, because no rule provides for that.
    """
    received = [day for day in (case.application_received, case.records_received) if day]
    if not received:
        return None
    start = max(received)
    days, unit = _LIMITS[case.priority]
    day = _add_working_days(start, days) if case.priority == "formulary" else _add_days(start, days)
    what = "records" if start == case.records_received else "application"
    return Due(
        day, f"{days} {unit} after the {what} arrived on {start:%Y-%m-%d} ({case.priority})."
    )


def reference_date(case: Particulars) -> date | None:
    """The date that decides which guidelines apply: the decision date, else the latest known date.

    A case that is still open will be decided within weeks of the latest receipt.
    """
    came_in = (
        case.ur_decision_date,
        case.application_received,
        case.records_received,
        case.date_assigned,
    )
    return case.decision_date or max((day for day in came_in if day), default=None)


def guideline_date(case: Particulars, item: Item) -> date | None:
    """The date that decides which guidelines apply to an item.

    The date of service if the service was rendered before `reference_date`, or else that date.
    """
    days = [day for day in (item.date_of_service, reference_date(case)) if day]
    return min(days, default=None)


def days_left_text(due: Due | None, today: date) -> str:
    """Format the time until a due date: `in 12 d`, `today`, `3 d late`; blank without one."""
    if due is None:
        return ""
    left = due.days_left(today)
    if left == 0:
        return "today"
    return f"in {left} d" if left > 0 else f"{-left} d late"


def _add_days(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max


def _add_working_days(start: date, days: int) -> date:
    day = start
    while days and day < date.max:
        day = _add_days(day, 1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether California state offices are open on `day` (Government Code 6700, 6701, 19853)."""
    return day.weekday() < 5 and day not in state_holidays(day.year)
