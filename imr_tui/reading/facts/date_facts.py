"""Finds dates of which only a part is given, beside full ones: October 2015, 10/2015, in 2014."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.dates.dates import dates
from imr_tui.reading.dates.months import CAPITALIZED_MONTH, month_number
from imr_tui.reading.facts.spans import without_overlaps
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

_NAME = rf"(?P<name>{CAPITALIZED_MONTH})\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PARTS = (
    # The 18th of March.
    LazyPattern(rf"(?<![\w./-])(?P<day>[0-3]?\d)(?:st|nd|rd|th) of {_NAME}(?:,? {_YEAR}\b)?"),
    # October 2015, October 18, or a month alone where it is no other word.
    LazyPattern(
        rf"\b{_NAME}(?:[.,]? (?:of )?{_YEAR}\b|\.? (?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![/.]?\d|%)"
        r"|(?=(?<!May)(?<!Mar)(?<!March)(?<!Jan)(?<!Jun)(?<!Dec)(?<!Sep)))"
    ),
    LazyPattern(rf"(?<![\w./-])(?P<month>0?[1-9]|1[0-2])[-/]{_YEAR}(?![\w/%-])"),
    LazyPattern(rf"(?<![\w./$#-]){_YEAR}(?:'s|s)?(?![\w/%]|[.,]\d|-\d)"),
)


class DateParts(NamedTuple):
    """A date, or the parts of it that a text gives."""

    year: int | None
    """The year."""
    month: int | None
    """The month."""
    day: int | None
    """The day of the month."""
    span: tuple[int, int]
    """Offsets of the words."""

    @property
    def given(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day."""
        return self.year, self.month, self.day


@lru_cache(maxsize=CACHE_SIZE)
def date_facts(text: str) -> tuple[DateParts, ...]:
    """All dates of `text`, with months and years that stand alone, in order."""
    return tuple(without_overlaps(text, _find(text)))


def _find(text: str) -> Iterator[DateParts]:
    for each in dates(text):
        yield DateParts(each.day.year, each.day.month, each.day.day, each.span)
    yield from _parts(text)


def _parts(text: str) -> Iterator[DateParts]:
    for pattern in _PARTS:
        for match in pattern.finditer(text):
            given = match.groupdict()
            year, day = (int(given[key]) if given.get(key) else None for key in ("year", "day"))
            month = int(given["month"]) if given.get("month") else None
            if name := given.get("name"):
                month = month_number(name)
            yield DateParts(year, month, day, match.span())
