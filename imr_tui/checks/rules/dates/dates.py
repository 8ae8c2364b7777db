"""IMR301, IMR302 and IMR320: the dates of injury and of review, and dates that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from imr_tui.checks.claim_dates import Stated, injuries, reviews
from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.reading.dates.dates import DateMention, long_date
from imr_tui.reading.dates.impossible_dates import impossible_dates
from imr_tui.reading.dates.injury_dates import injury_dates, years_of_other_claims
from imr_tui.reading.dates.injury_periods import contained, injury_periods
from imr_tui.reading.dates.review_dates import review_dates
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR301",
    "injury-date-mismatch",
    "warning",
    why="A wrong date of injury is a plainly erroneous fact. It may be another worker's.",
    source="Labor Code 4610.6(h)(5); 4 of 194 published letters",
    fires={
        "case.date_of_injury": date(2016, 10, 10),
        "summary.text": "A 34 year old man with an industrial injury of October 10, 2015.",
    },
    passes={
        "case.date_of_injury": date(2016, 10, 14),
        "summary.text": "A 34 year old man with an occupational claim from 10/14/ 2016, and a "
        "prior industrial injury on 3/2/2009.",
    },
)
def injury_date_mismatch(context: CheckContext) -> Iterator[Hit]:
    """A printed text gives a date of injury that differs from the case.

    The rule reads dates that words link to the injury ("sustained an industrial injury on", "date
    of injury"), in any format. It also reads months, years and periods that exclude the case's
    date. Earlier and other injuries are not reported, nor is a period that
    contains the case's date or ends on it. If the case has no date of injury, the first one of the
    letter takes its place.
    """
    known = next(injuries(context), None)
    if known is None:
        return
    others = _other_years(context, known.day)
    for place, text in context.printed:
        for named in injury_dates(text):
            is_other = named.day.year in others or contained(named, text) is not None
            is_other = is_other or _is_history(text, named.span, named.day, known.day)
            if named.day != known.day and not is_other:
                says = f"{_source(known)} {long_date(known.day)}; this text says"
                says = f"Date of injury: {says} {long_date(named.day)}."
                yield Hit(place, says, named.span, also=((known.place, known.span),))
                break
        for period in injury_periods(text):
            is_other = bool({period.first.year, period.last.year} & others)
            is_other = is_other or _is_history(text, period.span, period.last, known.day)
            if not is_other and not period.first <= known.day <= period.last:
                words = words_at(text, period.span)
                says = f"Date of injury: {_source(known)} {long_date(known.day)}; this text says"
                says = f'{says} "{words}", which does not contain that day.'
                yield Hit(place, says, period.span, also=((known.place, known.span),))
                break


_YEAR = timedelta(days=365)
_HISTORY = LazyPattern(
    r"\bhistory of\b|\b(?:from|after|following|since|to|with) an? (?:[\w-]+ ){0,3}?"
    r"(?:injury|accident|strain|sprain)\b",
    re.IGNORECASE,
)


def _is_history(text: str, span: Span, day: date, known: date) -> bool:
    """Whether a time, a year or more before the injury, is that of one in the worker's history.

    The first sentence of a text introduces the injury under review.
    """
    start = sentence_at(text, span[0]).start
    if start == 0 or known - day <= _YEAR:
        return False
    return _HISTORY.search(text, max(start, span[0] - 120), span[0]) is not None


def _other_years(context: CheckContext, day: date) -> set[int]:
    """The years of other injuries and claims that the letter mentions."""
    years = {year for each in context.reading.prose for year in years_of_other_claims(each.text)}
    return years - {day.year}


def _source(known: Stated) -> str:
    return "the case says" if known.is_header else "the letter first says"


@rule(
    "IMR302",
    "ur-date-mismatch",
    "warning",
    why="The date identifies the decision under review. A wrong date means another decision.",
    source="Labor Code 4610.5; 5 of 194 published letters",
    fires={
        "case.ur_decision_date": date(2016, 11, 9),
        "summary.text": "In a utilization review report dated November 15, 2016, it was denied.",
    },
    passes={
        "case.ur_decision_date": date(2016, 12, 20),
        "summary.text": "On 12/13/2016 a request was received for therapy that was non-certified "
        "by Utilization Review on 12/20/2016.",
    },
)
def ur_date_mismatch(context: CheckContext) -> Iterator[Hit]:
    """A printed text gives a date of the utilization review that differs from the case.

    The rule reads dates that words link to the review ("utilization review dated", "non-certified
    by utilization review on", "the prior determination on"). It ignores dates of the request for
    authorization, of visits, and of documents that the review read. If a text also gives the
    correct date, a second date is taken as another review. It is then reported only if the two
    differ just in day, month or year. If the case has no date of the review, the first one of the
    letter takes its place.
    """
    stated = [*reviews(context)]
    if not stated:
        return
    known = stated[0]
    is_confirmed = any(each.day == known.day for each in stated[1:]) or not known.is_header
    for place, text in context.printed:
        for named in review_dates(text):
            if named.day == known.day or _is_impossible(text, named):
                continue
            if is_confirmed and not _differs_in_one_part(named.day, known.day):
                continue
            says = f"UR decision: {_source(known)} {long_date(known.day)}; this text says"
            says = f"{says} {long_date(named.day)}."
            yield Hit(place, says, named.span, also=((known.place, known.span),))
            break


def _is_impossible(text: str, named: DateMention) -> bool:
    """Whether IMR320 reports a date."""
    start, end = named.span
    return any(each.span[0] < end and start < each.span[1] for each in impossible_dates(text))


def _differs_in_one_part(one: date, other: date) -> bool:
    """Whether two dates differ only in the day, only in the month or only in the year."""
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    return sum(mine != theirs for mine, theirs in parts) == 1


@rule(
    "IMR320",
    "date-impossible",
    "warning",
    why="Nobody can look up a date that does not exist, and the event may be misdated.",
    source="Practice; slips in published letters",
    fires={"summary.text": "The note of 13-02-2016 describes pain. In June 20216 he had therapy."},
    passes={
        "summary.text": "On 12-02-2016 he took Norco 10/325 mg. Call 415-555-0100. Pages 30-45-60."
    },
)
def date_impossible(context: CheckContext) -> Iterator[Hit]:
    """A text contains a date that does not exist: a thirteenth month, February 30, a year 20216.

    Numeric dates are read as month, day, year. Part numbers, phone numbers, scores, ranges, codes
    and strengths of drugs are not dates. Citations are not read.
    """
    for each in context.reading.prose:
        for found in each.impossible_dates:
            words = words_at(each.text, found.span)
            says = f'"{words}" is not a date: it {found.reason}. Correct it.'
            yield Hit(each.place, says, found.span)
