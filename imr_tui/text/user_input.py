"""Reads what users type into a field: dates and lists."""

import calendar
import re
from datetime import date, timedelta

EXPECTED = "Not a date. Try 8/14/25, Oct 3 2026, t (today) or +30 (days from today)."
"""The error text for what is no date in any form."""
YEARS_AHEAD = 10
"""A year of two digits lies at most this many years ahead, or else in the century before."""
MOST_DAYS = 36_500
"""The largest number of days from today that can be typed."""

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})")
_YEAR_LAST = re.compile(
    r"(?P<month>\d{1,2})(?P<sep>[-/.])(?P<day>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(
    r"(?P<name>[a-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>\d{4}|\d{2})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]*(?P<name>[a-z]{3,9})\.?(?:,\s*|[\s-]+)(?P<year>\d{4}|\d{2})"
)
_FORMS = (_YEAR_FIRST, _YEAR_LAST, _MONTH_FIRST, _DAY_FIRST)
_FULL = re.compile(r"\d{4}-\d{2}-\d{2}|.*\D\d{4}", re.ASCII)
_FROM_TODAY = re.compile(r"([+-])\s*(\d{1,5})")
_TODAY = ("t", "today")
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read_date(typed: str, today: date) -> date | None:
    """Parse a date as people write it: 11/5/2014, 11-5-14, Nov 5 2014, 5 Nov 2014, 2014-11-05.

    Numbers are month, day and year, unless the year of four digits comes first. `t` is today,
    `+30` and `-30` are days from today. Returns None for a blank.
    Raises ValueError; its text says what is wrong or which form is expected, for the user.
    """
    text = " ".join(typed.split()).lower()
    if not text:
        return None
    if not text.isascii():
        raise ValueError(EXPECTED)
    if (relative := _relative(text, today)) is not None:
        return relative
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    month = _month(found.groupdict()) if found else 0
    if found is None or not month:
        raise ValueError(EXPECTED)
    return _day(_year(found["year"], today), month, int(found["day"]))


def is_full_date(typed: str) -> bool:
    """Whether a valid date is typed in full: no further character makes another date of it."""
    return _FULL.fullmatch(typed.strip()) is not None


def spelled(day: date) -> str:
    """A date in words, with its day of the week: `Saturday, October 3, 2026`."""
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month]} {day.day}, {day.year}"


def american(day: date) -> str:
    """A date as people in the US write it in numbers: `10/3/2026`."""
    return f"{day.month}/{day.day}/{day.year}"


def _relative(text: str, today: date) -> date | None:
    """Today, or a day that is given by its distance from today."""
    if text in _TODAY:
        return today
    if not (found := _FROM_TODAY.fullmatch(text)):
        return None
    if int(found[2]) > MOST_DAYS:
        raise ValueError(f"At most {MOST_DAYS:,} days from today.")
    return today + timedelta(int(found[1] + found[2]))


def _month(found: dict[str, str]) -> int:
    """The number of the month; 0 for a word that names none."""
    if "name" not in found:
        return int(found["month"])
    name = "sep" if found["name"] == "sept" else found["name"]
    return next((at for at, full in enumerate(_MONTHS) if at and _is_short_for(name, full)), 0)


def _is_short_for(name: str, full: str) -> bool:
    return name in (full.lower(), full[:3].lower())


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year if year <= today.year + YEARS_AHEAD else year - 100


def _day(year: int, month: int, day: int) -> date:
    """The day, or ValueError that says which part of it does not exist."""
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. The month comes first: 10/3/2026.")
    if not year:
        raise ValueError("There is no year 0.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValueError(f"{_MONTHS[month]} {year} has only {days} days.")
    return date(year, month, day)


def read_list(typed: str) -> tuple[str, ...]:
    """Split a list typed with semicolons; an entry may contain commas."""
    return tuple(part.strip() for part in typed.split(";") if part.strip())
