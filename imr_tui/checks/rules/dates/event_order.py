"""IMR316 to IMR318: visits and requests dated before the injury, after the review, a year ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.claim_dates import Stated, reviews, start_of_claim
from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.domain.deadlines import reference_date
from imr_tui.domain.workflow import Place
from imr_tui.reading.dates.dates import DateMention, long_date
from imr_tui.reading.dates.impossible_dates import EARLIEST_YEAR
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import TextReading
    from imr_tui.checks.context import CheckContext


_Also = tuple[tuple[Place, Span | None], ...]


class _Claim(NamedTuple):
    """The dates of a case against which those of events are compared."""

    injury: Stated | None
    """The injury, or the start of its period."""
    review: Stated | None
    """The utilization review."""
    last: date | None
    """The decision, or the latest known date."""
    days: dict[date, tuple[Place, Span | None]]
    """Every date in the summary and the rationales, with one of its places."""
    documents: tuple[tuple[date, date], ...]
    """The first and last days of the documents reviewed."""

    @classmethod
    def of(cls, context: CheckContext) -> _Claim:
        """Read the dates of a case."""
        prose = context.reading.prose
        return cls(
            start_of_claim(context),
            next(reviews(context), None),
            reference_date(context.particulars) or context.today,
            {named.day: (each.place, named.span) for each in prose for named in each.dates},
            tuple(
                (each.from_, each.to or each.from_) for each in context.case.records if each.from_
            ),
        )

    def this_year(self, event: DateMention) -> date | None:
        """The event's date a year later, if that may be meant; otherwise None.

        It may be meant early in the year of the decision, after the injury and not after the
        decision.
        """
        if self.last is None or event.day.month > _FIRST_MONTHS:
            return None
        if event.day.year + 1 != self.last.year or (event.day.month, event.day.day) == (2, 29):
            return None
        other = event.day.replace(year=self.last.year)
        is_after = self.injury is None or self.injury.day <= other
        return other if is_after and other <= self.last else None

    def is_reviewed(self, day: date) -> bool:
        """Whether a document reviewed covers `day`."""
        return any(first <= day <= last for first, last in self.documents)


def _events(text: TextReading) -> list[DateMention]:
    """The dates of visits and requests of a text, in order."""
    return sorted({*text.visit_dates, *text.request_dates}, key=lambda each: each.span)


@rule(
    "IMR316",
    "event-before-injury",
    "warning",
    why="A visit of this claim cannot precede the injury, so one of the two dates is wrong.",
    source="Labor Code 4610.6(h)(5); slips in published letters",
    fires={
        "case.date_of_injury": date(2016, 10, 14),
        "summary.text": "Progress notes dated 1-21-16 describe swelling.",
    },
    passes={
        "case.date_of_injury": date(2016, 10, 14),
        "summary.text": "A report of 3/2/2015 describes a previous injury of the same knee. An "
        "operation was done on 5/6/2012, prior to this claim.",
    },
)
def event_before_injury(context: CheckContext) -> Iterator[Hit]:
    """A visit, note, report, study or request of this claim is dated before the injury.

    Earlier injuries and claims, history, surgery, births, employment and guidelines are ignored,
    and so are letters about cumulative trauma without a stated period. If the year has just been
    mistyped in January, IMR318 reports the date.
    """
    claim = _Claim.of(context)
    injury = claim.injury
    if injury is None:
        return
    for each in context.reading.prose:
        for event in _events(each):
            is_later = event.day >= injury.day
            if is_later or event.day.year < EARLIEST_YEAR or claim.this_year(event):
                continue
            says = f"{long_date(event.day)} is before the injury of {long_date(injury.day)}."
            says += " Correct the wrong date, or say that this is earlier history."
            yield Hit(each.place, says, event.span, also=((injury.place, injury.span),))
            break


@rule(
    "IMR317",
    "rfa-after-review",
    "warning",
    why="The review decides on the request, so the request is older. One of the dates is wrong.",
    source="Labor Code 4610(i); slips in published letters",
    fires={
        "case.ur_decision_date": date(2016, 12, 12),
        "summary.text": "The request for authorization was dated 12-15-2016.",
    },
    passes={
        "case.ur_decision_date": date(2016, 12, 12),
        "summary.text": "The request for authorization was dated 12-05-2016. On a December 20, "
        "2016 RFA form, other therapy was requested.",
    },
)
def request_after_review(context: CheckContext) -> Iterator[Hit]:
    """The request for authorization is dated after the utilization review decided on it.

    Other, repeated and later requests and appeals are not reported. If the case and its texts give
    several dates of the review, the last one counts.
    """
    review = max(reviews(context), key=lambda each: each.day, default=None)
    if review is None:
        return
    for each in context.reading.prose:
        for asked in each.request_dates:
            is_later = asked.day > review.day and asked.span != review.span
            if is_later and _is_disputed(context, each.text, asked):
                says = f"The request for authorization of {long_date(asked.day)} is after the UR"
                says += f" decision of {long_date(review.day)}. Correct the wrong date."
                yield Hit(each.place, says, asked.span, also=((review.place, review.span),))
                break


_THE_REQUEST = LazyPattern(
    r"(?:\b(?:the|his|her|this) |^)(?:requests? for authorization|authorization request|rfa"
    r"|request)\b",
    re.IGNORECASE,
)
_ASKS_FOR = LazyPattern(
    r"\b(?:request(?:s|ed)?|asks|asked|sought|ordered|includ\w+|was|is|were) (?:for )?(?:an? "
    r"|the )?(?!signed|dated|submitted|received|sent|made|completed|denied|in |on )[a-z]"
)
_WORD = LazyPattern(r"[a-z]{4,}|\b(?:mri|emg|ncs|ncv|esi)\b")
_COMMON = frozenset(("request", "requests", "authorization", "with", "without", "form", "dated"))


def _is_disputed(context: CheckContext, text: str, asked: DateMention) -> bool:
    """Whether the request of a date is for the disputed items: it names one, or nothing else."""
    said = lowered(sentence_at(text, asked.span[0]).text)
    if _THE_REQUEST.search(said):
        return True
    words = {*_WORD.findall(said)} - _COMMON
    items = context.reading.items
    if any(not words.isdisjoint(_WORD.findall(lowered(item.request.text))) for item in items):
        return True
    return said.startswith("a request for authorization") and not _ASKS_FOR.search(said, 20)


_RECENT = LazyPattern(
    r"\b(?:updated|(?:most )?recent(?:ly)?|latest|current(?:ly)?|newest|supplemental|addendum)\b",
    re.IGNORECASE,
)
_FIRST_MONTHS = 3
"""Dates up to March may still be written with last year's number."""
_TOO_OLD = timedelta(days=300)
"""No request is decided on after so long."""


@rule(
    "IMR318",
    "year-of-january",
    "warning",
    why="Early in a year people write last year's number, which moves the event by a year.",
    source="Practice; slips in published letters",
    fires={
        "case.date_of_injury": date(2016, 10, 14),
        "case.decision_date": date(2017, 1, 20),
        "summary.text": "An updated progress report of 01/05/2016 describes less pain.",
    },
    passes={
        "case.date_of_injury": date(2014, 10, 14),
        "case.decision_date": date(2017, 1, 20),
        "summary.text": "On 01/05/2016 he had therapy. An updated report is of 01/09/2017.",
    },
)
def year_of_january(context: CheckContext) -> Iterator[Hit]:
    """An event early in the year of the decision is dated with the year before.

    Dates from January to March count if the date of the next year fits better. That is so if the
    given one is before the injury, or if the request is a year older than its review. Words such as
    "updated" and "most recent" show it, too.
    """
    claim = _Claim.of(context)
    for each in context.reading.prose:
        for event in _events(each):
            other = claim.this_year(event)
            conflict = _conflict(claim, each, event, other) if other else None
            if conflict is not None and other is not None:
                reason, also = conflict
                says = f"{long_date(event.day)} {reason}. If {long_date(other)} is meant, correct"
                yield Hit(each.place, f"{says} the year.", event.span, also=also)
                break


def _conflict(
    claim: _Claim, text: TextReading, event: DateMention, other: date
) -> tuple[str, _Also] | None:
    """Why the date of an event is a year too early, and the places that show it; None if not."""
    injury, review = claim.injury, claim.review
    if injury is not None and event.day < injury.day:
        return f"is before the injury of {long_date(injury.day)}", ((injury.place, injury.span),)
    if event in text.request_dates and review and review.day - event.day > _TOO_OLD:
        reason = f"is {(review.day - event.day).days} days before the UR decision"
        return f"{reason} of {long_date(review.day)}", ((review.place, review.span),)
    if _RECENT.search(text.text, max(0, event.span[0] - 50), event.span[0]):
        return f"is described as recent, but is in {event.day.year}", ()
    if other in claim.days:
        return "is exactly a year before another date", (claim.days[other],)
    if claim.is_reviewed(other) and not claim.is_reviewed(event.day):
        return "is not in the documents reviewed, but the day a year later is", ()
    return None
