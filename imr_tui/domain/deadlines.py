"""When a determination is due, with the sentence that explains it (8 CCR 9792.10.5, 9792.10.6).

The limit is directory: a late letter stays valid, so nothing here ever blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Particulars
    from imr_tui.model.limits import Priority

STANDARD_DAYS = 30
"""Calendar days for a standard review."""
FORMULARY_DAYS = 5
"""Working days for a formulary drug dispute."""
EXPEDITED_DAYS = 3
"""Calendar days for an expedited review."""

_LIMITS: dict[Priority, tuple[int, str]] = {
    "standard": (STANDARD_DAYS, "days"),
    "formulary": (FORMULARY_DAYS, "working days"),
    "expedited": (EXPEDITED_DAYS, "days"),
}


_CLOSED = frozenset(
    (
        "New Year's Day",
        "Martin Luther King Jr. Day",
        "Presidents' Day",
        "Cesar Chavez Day",
        "Memorial Day",
        "Independence Day",
        "Labor Day",
        "Veterans Day",
        "Thanksgiving Day",
        "Day After Thanksgiving",
        "Christmas Day",
    )
)
"""Holidays on which state offices close. The library lists more: days of observance, and days that
employees may elect. To take such a day for a holiday would put a due date too late."""


@dataclass(frozen=True)
class Due:
    """A due date that can explain itself."""

    day: date
    """The last day on which the determination is in time."""
    why: str
    """How it was computed, in one sentence."""

    def days_left(self, today: date) -> int:
        """Calendar days from `today` to the due date; negative when it has passed."""
        return (self.day - today).days


def due(case: Particulars) -> Due | None:
    """The due date: the limit of the case's priority from the later of the two receipts.

    None while neither the application nor the records have a date. Deadlines are not moved
    off a weekend: no rule does.
    """
    received = [day for day in (case.application_received, case.records_received) if day]
    if not received:
        return None
    start = max(received)
    days, unit = _LIMITS[case.priority]
    day = _working_days_after(start, days) if case.priority == "formulary" else _after(start, days)
    what = "records" if start == case.records_received else "application"
    return Due(
        day, f"{days} {unit} from {start:%Y-%m-%d}, when the {what} came in ({case.priority})."
    )


def judged_on(case: Particulars) -> date | None:
    """The day whose guidelines count: the decision's, else the latest that the case has.

    A case that is not decided yet is decided within weeks of the last thing that came in.
    """
    came_in = (
        case.ur_decision_date,
        case.application_received,
        case.records_received,
        case.date_assigned,
    )
    return case.decision_date or max((day for day in came_in if day), default=None)


def nearness(due: Due | None, today: date) -> str:
    """How near a due date is: `in 12 d`, `today`, `3 d late`; blank without one."""
    if due is None:
        return ""
    left = due.days_left(today)
    if left == 0:
        return "today"
    return f"in {left} d" if left > 0 else f"{-left} d late"


def how_near(case: Particulars, today: date) -> str:
    """How near the case's due date is; blank once it is decided."""
    return "" if case.decision_date else nearness(due(case), today)


def _after(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max


def _working_days_after(start: date, days: int) -> date:
    day = start
    while days and day < date.max:
        day = _after(day, 1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether California state offices work on `day` (Government Code 6701)."""
    return day.weekday() < 5 and day not in _state_holidays(day.year)


@cache
def _state_holidays(year: int) -> frozenset[date]:
    # Loaded here because only formulary cases need it, and it is slow to import.
    import holidays

    listed = holidays.country_holidays("US", subdiv="CA", observed=False, years=year)
    days = {day for day, name in listed.items() if name in _CLOSED}
    sundays = {day + timedelta(days=1) for day in days if day.weekday() == 6}
    # Of the Saturday holidays only Veterans Day moves, to the Friday before.
    armistice = date(year, 11, 11)
    fridays = {armistice - timedelta(days=1)} if armistice.weekday() == 5 else set()
    return frozenset(days | sundays | fridays)
