"""The holidays on which California state offices close (Government Code 6700, 6701, 19853).

Days that employees may elect as a holiday are working days, and so are days of observance.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_ONE_DAY = timedelta(days=1)


@cache
def state_holidays(year: int) -> frozenset[date]:
    """The holidays of a year, on the days on which they are kept.

    A holiday on a Sunday also closes the Monday after it. Of the holidays on a Saturday only
    Veterans Day moves, to the Friday before (Government Code 6701).
    """
    thanksgiving = _nth(4, _THURSDAY, year, 11)
    veterans_day = date(year, 11, 11)
    fixed = (
        date(year, 1, 1),
        date(year, 3, 31),  # Cesar Chavez Day
        date(year, 7, 4),
        veterans_day,
        date(year, 12, 25),
    )
    floating = (
        _nth(3, _MONDAY, year, 1),  # Martin Luther King Jr. Day
        _nth(3, _MONDAY, year, 2),  # Presidents' Day
        _nth(1, _MONDAY, year, 6) - timedelta(weeks=1),  # Memorial Day, the last Monday of May
        _nth(1, _MONDAY, year, 9),  # Labor Day
        thanksgiving,
        thanksgiving + _ONE_DAY,
    )
    mondays = {day + _ONE_DAY for day in fixed if day.weekday() == _SUNDAY}
    fridays = {veterans_day - _ONE_DAY} if veterans_day.weekday() == _SATURDAY else set()
    return frozenset((*fixed, *floating, *mondays, *fridays))


def _nth(count: int, weekday: int, year: int, month: int) -> date:
    """The first, second, ... of a weekday in a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=count - 1)
