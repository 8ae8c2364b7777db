"""Finds dates in the forms used by letters: 10-18-2016, 10/14/ 2016, 10-18-16, October 18, 2016."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.dates.months import MONTH, MONTHS, month_number
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

_PIVOT_YEAR = 70
"""Two-digit years from this one on belong to the 20th century."""

_ISO = r"(?P<iso_year>[12]\d{3})-\s?(?P<iso_month>\d{1,2})-\s?(?P<iso_day>\d{1,2})"
# A line may break after a separator; both separators of a date are the same.
_NUMBERS = (
    r"(?P<month>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<day>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})"
)
_MONTH_FIRST = (
    rf"(?P<first>{MONTH})"
    r"\.? (?P<first_day>\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*| )(?P<first_year>\d{4})"
)
_DAY_FIRST = (
    r"(?P<second_day>\d{1,2})(?:st|nd|rd|th)? (?:of )?"
    rf"(?P<second>{MONTH})"
    r"\.?,? (?P<second_year>\d{4})"
)
_DATE = LazyPattern(
    # Allows ranges such as 10/5/2016-11/5/2016 and 10/5/16-11/5/16.
    r"(?<![\w./])(?:(?<!-)|(?<=\d{4}-)|(?<=/\d\d-))"
    rf"(?:{_ISO}|{_NUMBERS}|{_MONTH_FIRST}|{_DAY_FIRST})(?![\w%]|[/.]\d|-\d(?!\d?/))",
    re.ASCII,
)
# Where a date may start. Both patterns start with plain characters, which makes them fast.
_DIGIT = LazyPattern(r"\d(?<!\d\d)", re.ASCII)
_NAME = LazyPattern(rf"(?:{'|'.join(MONTHS)})[a-z]{{0,6}}\.? \d", re.ASCII)


class DateMention(NamedTuple):
    """A mention of a date."""

    day: date
    """The date."""
    span: tuple[int, int]
    """Offsets of the words."""


@lru_cache(maxsize=CACHE_SIZE)
def dates(text: str) -> tuple[DateMention, ...]:
    """The dates that `text` names, in order; numbers that are not valid dates are skipped.

    Numeric dates are read as month, day, year, as usual in the United States.
    """
    return tuple(_find_dates(text))


def _find_dates(text: str) -> Iterator[DateMention]:
    low = lowered(text)
    end = 0
    for start in sorted(each.start() for form in (_DIGIT, _NAME) for each in form.finditer(low)):
        match = _DATE.match(low, start) if start >= end else None
        if match is None:
            continue
        end = match.end()
        try:
            yield DateMention(_day(match), match.span())
        except ValueError:
            continue


def _day(match: re.Match[str]) -> date:
    if match["iso_year"]:
        return date(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    if match["month"]:
        return date(_full_year(match["year"]), int(match["month"]), int(match["day"]))
    form = "first" if match["first"] else "second"
    month = month_number(match[form])
    return date(int(match[f"{form}_year"]), month, int(match[f"{form}_day"]))


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (1900 if number >= _PIVOT_YEAR else 2000)


def long_date(day: date) -> str:
    """Format a date for messages: October 18, 2016."""
    return f"{day:%B} {day.day}, {day.year:04}"
