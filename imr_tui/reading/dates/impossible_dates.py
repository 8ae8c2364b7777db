"""Finds dates that no calendar has: 13-02-2016, 02/30/2016, June 31, June 20216."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.dates.months import MONTH, MONTHS, month_number
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
"""A letter names no day before or after these years."""

_CAPITALIZED = tuple(month.capitalize() for month in MONTHS)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_END = r"(?![\w%]|[/.-]\d)"
# What may be a date in numbers; a line may break after a separator.
_TOKEN = LazyPattern(r"\d(?<![\w./#$-]\d)[\doils]*(?:[-/.]{1,2}\s?[\doils]+){1,2}")
# Parts separated alike; the year has 2 to 6 digits.
_NUMBERS = LazyPattern(
    r"(?P<month>\d{1,3})(?P<mark>[-/.])\s?(?P<day>\d{1,3})\s?(?P=mark)\s?"
    rf"(?P<year>\d{{2,6}}){_END}"
)
# A separator left out or typed twice: 10-142016, 1014/2016, 10//14/2016.
_BROKEN = LazyPattern(
    r"(?:\d{1,2}[-/]\d{1,2}(?:19|20)\d\d|\d{3,4}[-/](?:19|20)\d\d"
    rf"|\d{{1,2}}(?:[-/]{{2}}\d{{1,2}}[-/]|[-/]\d{{1,2}}[-/]{{2}})(?:\d\d){{1,2}}){_END}"
)
# A letter that looks like a digit: 12-06-201S.
_LETTER = LazyPattern(
    rf"(?=[\doils]{{1,2}}[-/][\doils]{{1,2}}[-/](?:[\doils]{{2}}){{1,2}}{_END})"
    r"(?=[^a-z\s]*[oils])(?:[\doils]{1,4}[-/]?){3}"
)
_WORDS = LazyPattern(
    r"\b(?:"
    rf"(?P<first>{MONTH})"
    r"\.? (?P<first_day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[,\s]\s*(?P<first_year>\d{3,6}))?"
    r"|(?P<second_day>\d{1,2})(?:st|nd|rd|th)? (?:of )?"
    rf"(?P<second>{MONTH})"
    r"\.?,? (?P<second_year>\d{3,6})"
    rf"|(?P<alone>{MONTH})"
    r",? (?:of )?(?P<alone_year>\d{4,6})"
    r")(?![\w%]|[/.,-]\d|-\s)"
)
# The ending of the day typed into it: December 4th4.
_ORDINAL = LazyPattern(rf"\b(?P<named>{MONTH}) \d{{1,2}}(?:st|nd|rd|th)\d+\b")
# Words before a date; without them numbers may be anything.
_DATING = LazyPattern(
    r"\b(?:on|dated?|of|from|since|until|through|thru|to|and|by|note|notes|report|visit|exam|seen"
    r"|injury|doi|dob|dos|rfa|review|ur|form|the|a|an|\d)[\s:,(]*$"
)


class ImpossibleDate(NamedTuple):
    """A date that does not exist."""

    reason: str
    """What is wrong with it, as the end of a sentence: `has no day 31`."""
    span: tuple[int, int]
    """Offsets of the words."""


@lru_cache(maxsize=CACHE_SIZE)
def impossible_dates(text: str) -> tuple[ImpossibleDate, ...]:
    """The dates in `text` that do not exist, in order.

    Numbers without a full year count only after a word such as "on" or "dated", since part
    numbers, scores, ranges and strengths of drugs look alike.
    """
    low = lowered(text)
    found = [each for token in _TOKEN.finditer(low) if (each := _number(low, token.start()))]
    if any(month in text for month in _CAPITALIZED):
        found += _words(text, low)
    return tuple(sorted(found, key=lambda each: each.span))


def _number(low: str, at: int) -> ImpossibleDate | None:
    """What is wrong with the date in numbers at an offset; None if nothing is."""
    is_dated = _DATING.search(low, max(0, at - 24), at) is not None
    if match := _NUMBERS.match(low, at):
        reason = _number_reason(match, is_dated=is_dated)
    elif is_dated and (match := _BROKEN.match(low, at)):
        reason = "has a separator missing or typed twice"
    elif (match := _LETTER.match(low, at)) and sum(map(str.isdigit, match[0])) >= 3:
        reason = "has a letter in place of a digit"
    else:
        return None
    return ImpossibleDate(reason, match.span()) if reason else None


def _number_reason(match: re.Match[str], *, is_dated: bool) -> str:
    month, day, year = int(match["month"]), int(match["day"]), match["year"]
    is_full = len(year) == 4 and year[:2] in ("19", "20")
    is_plain = match["mark"] != "." and len(match["month"]) < 3 and len(match["day"]) < 3
    is_date = is_dated or (len(year) == 4 and month <= 12)
    if len(year) == 2:
        # 30-60-90 and the like: one part has to be a month, the other nearly a day.
        is_date = is_dated and min(month, day) <= 12 and max(month, day) <= 39
    return _reason(month, day, year) if is_full or (is_plain and is_date) else ""


def _words(text: str, low: str) -> Iterator[ImpossibleDate]:
    for match in _WORDS.finditer(low):
        if match["alone"]:
            reason = _year_reason(match["alone_year"])
        else:
            form = "first" if match["first"] else "second"
            month = month_number(match[form])
            reason = _reason(month, int(match[f"{form}_day"]), match[f"{form}_year"])
        if reason and text[match.start()] not in "m":  # "may" and "march" are verbs, too
            yield ImpossibleDate(reason, match.span())
    for match in _ORDINAL.finditer(low):
        yield ImpossibleDate("has a number after the ending of its day", match.span())


def _reason(month: int, day: int, year: str | None) -> str:
    """Why these parts make no date; blank if they do."""
    if not 1 <= month <= 12:
        return f"has month {month}"
    if not 1 <= day <= _LONGEST[month - 1]:
        return f"has day {day}, which its month lacks"
    if year is None:
        return ""
    if reason := _year_reason(year):
        return reason
    whole = int(year) + (0 if len(year) == 4 else 2000)
    try:
        date(whole, month, day)
    except ValueError:
        return f"has day {day}, but {whole} is not a leap year"
    return ""


def _year_reason(year: str) -> str:
    if len(year) in (3, 5, 6):
        return f"has a year of {len(year)} digits"
    if len(year) == 4 and not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return f"has the year {year}"
    return ""
