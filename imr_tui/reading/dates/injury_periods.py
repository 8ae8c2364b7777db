"""Finds the months, years and periods in which a text places the injury."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

from imr_tui.reading.dates.dates import DateMention, dates
from imr_tui.reading.dates.injury_dates import INJURY_BEFORE, OTHER_INJURY
from imr_tui.reading.dates.months import MONTH, month_number
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.language.sentences import sentence_at

_REACH = 220
"""Number of characters to examine before a period."""
_ROUGHLY = timedelta(days=92)
"""Added on both sides of a period that is given as "about" or "around"."""

_YEAR = LazyPattern(r"(?:19|20)(?<![\w.]..)\d\d(?![\w/]|[-.]\d|,\d)")
# The month before a year: October 2016, October of 2016, 10/2016.
_MONTH_BEFORE = LazyPattern(
    rf"(?<![\w/.-])(?:(?P<name>{MONTH})\.?,? (?:of )?|(?P<month>0?[1-9]|1[0-2])[/-])$",
    re.IGNORECASE,
)
_LINK = LazyPattern(
    r"(?P<link>(?: (?:was|is|that|which|occurred|occurring|sustained|dated|happened|took place"
    r"|ran|spans|spanning|lasted|goes|went|dates|dating|reportedly|by [^.;\d]{1,40}?(?= from)|the"
    r"|year|month|period|time|of|on|in|during|from|between|over|throughout|for"
    r"|back|to|late|early|mid|middle|spring|summer|fall|autumn|winter|end|beginning|sometime"
    r"|(?P<rough>about|around|approximately|circa)))*)[\s,(:-]*$",
    re.IGNORECASE,
)
_ENDING = LazyPattern(r" (?:through|ending|to|until|up to)(?: (?:in|on))? $", re.IGNORECASE)
_JOINT = LazyPattern(
    r"\s*(?:,\s*)?(?:-|\u2013|to|through|thru|until|till|and|ending(?: in| on)?)\s*", re.IGNORECASE
)
# his 2015 work injury
_BEFORE_INJURY = LazyPattern(
    r" (?:industrial |work(?:-related| related)? |occupational )?(?:injury|accident)\b(?! report)",
    re.IGNORECASE,
)
_NAMED = LazyPattern(
    r"\b(?:the|his|her|their|this|an|whose) (?:(?!prior|previous|non)[\w-]+ )?"
    r"(?:injury|accident|claim|date of injury)$|\b(?:the|this) (?:cumulative|repetitive|continuous)"
    r" (?:trauma|injury|strain|stress)$",
    re.IGNORECASE,
)
_OWN = LazyPattern(r"\b(?:the|his|her|their|this)(?: \w+)? $", re.IGNORECASE)


class Period(NamedTuple):
    """A time that is given as that of the injury."""

    first: date
    """Its first day."""
    last: date
    """Its last day."""
    span: tuple[int, int]
    """Offsets of the words."""


_Mention = TypeVar("_Mention", DateMention, Period)


@lru_cache(maxsize=CACHE_SIZE)
def injury_periods(text: str) -> tuple[Period, ...]:
    """The months, years and periods that `text` gives for the injury, ignoring other injuries.

    A single day is no period.
    """
    known = dates(text)
    times = [Period(each.day, each.day, each.span) for each in known]
    for match in _YEAR.finditer(text):
        if _around(known, match.start()) is None:
            times.append(_month_or_year(text, match))
    return tuple(_of_injury(text, sorted(times, key=lambda each: each.span)))


def _month_or_year(text: str, match: re.Match[str]) -> Period:
    start, year = match.start(), int(match[0])
    named = _MONTH_BEFORE.search(text, max(0, start - 16), start)
    month = 0
    if named is not None:
        start = named.start()
        month = int(named["month"] or 0)
        if named["name"]:
            month = month_number(named["name"])
    last = date(year, 12, 31)
    if month and month < 12:
        last = date(year, month + 1, 1) - timedelta(days=1)
    return Period(date(year, month or 1, 1), last, (start, match.end()))


def _of_injury(text: str, times: list[Period]) -> Iterator[Period]:
    at = 0
    while at < len(times):
        period = times[at]
        at += 1
        if at < len(times) and _JOINT.fullmatch(text[period.span[1] : times[at].span[0]]):
            end = times[at]
            at += 1
            if end.last >= period.first:
                period = Period(period.first, end.last, (period.span[0], end.span[1]))
        if period.first < period.last and (slack := _slack(text, period)) is not None:
            yield Period(period.first - slack, period.last + slack, period.span)


def _slack(text: str, period: Period) -> timedelta | None:
    """What to add on both sides of a period that is that of the injury; None if it is not."""
    sentence = sentence_at(text, period.span[0])
    start = max(sentence.start, period.span[0] - _REACH)
    before = " " + " ".join(text[start : period.span[0]].lower().split()) + " "
    after = " ".join(text[period.span[1] : period.span[1] + 60].lower().split())
    if OTHER_INJURY.search(before[-120:]) or OTHER_INJURY.search(after[:40]):
        return None
    if _OWN.search(before) and _BEFORE_INJURY.match(f" {after}"):
        return timedelta()
    link = _LINK.search(before)
    if link is None or not (link["link"] or before.rstrip().endswith((":", "injury"))):
        return None
    stem = before[: link.start()].rstrip()
    if not INJURY_BEFORE.search(stem) and not _NAMED.search(stem):
        return None
    return _ROUGHLY if link["rough"] else timedelta()


def contained(mention: DateMention, text: str) -> Period | None:
    """The period of the injury of which a date is one end, if any."""
    return _around(injury_periods(text), mention.span[0])


def _around(mentions: tuple[_Mention, ...], at: int) -> _Mention | None:
    """Which of the mentions, in order, contains an offset, if any."""
    index = bisect_right(mentions, at, key=lambda mention: mention.span[0]) - 1
    return mentions[index] if index >= 0 and at < mentions[index].span[1] else None
