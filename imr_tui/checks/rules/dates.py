"""IMR301, IMR302, IMR314 and IMR315: dates in a letter; IMR601: the due date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain import deadlines
from imr_tui.domain.workflow import Place
from imr_tui.reading.date_roles import injury_dates, review_dates
from imr_tui.reading.dates import DateMention, dates, long_date
from imr_tui.reading.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


_INJURY = Place("case.date_of_injury")
_REVIEW = Place("case.ur_decision_date")
_DECISION = Place("case.decision_date")


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
    of injury", "occupational claim from"), in any format. Earlier and other injuries are not
    reported, nor is a period that starts or ends on the case's date.
    """
    case_day = context.particulars.date_of_injury
    if case_day is None:
        return
    for place, text in context.printed:
        for named in injury_dates(text):
            if named.day != case_day and not _is_period(text, named, case_day):
                days = long_date(case_day), long_date(named.day)
                says = "Date of injury: the case says {}; this text says {}.".format(*days)
                yield Hit(place, says, named.span, also=((_INJURY, None),))
                break


def _is_period(text: str, named: DateMention, day: date) -> bool:
    """Whether `named` is one end of a period that begins or ends on `day`."""
    days = dates(text)
    at = next((at for at, each in enumerate(days) if each.span == named.span), 0)
    following = days[at + 1 : at + 2]
    joined = following and re.fullmatch(
        r"\s*(?:,|-|to|through|until|and)(?: and)?\s*", text[named.span[1] : following[0].span[0]]
    )
    return bool(joined) and following[0].day == day


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
    authorization and of visits. If a text also gives the correct date, a second date is taken as
    another review. It is then reported only if the two differ just in day, month or year.
    """
    case_day = context.particulars.ur_decision_date
    if case_day is None:
        return
    known = any(each.day == case_day for _, text in context.printed for each in review_dates(text))
    for place, text in context.printed:
        for named in review_dates(text):
            if named.day == case_day or (known and not _differs_in_one_part(named.day, case_day)):
                continue
            days = long_date(case_day), long_date(named.day)
            says = "UR decision: the case says {}; this text says {}.".format(*days)
            yield Hit(place, says, named.span, also=((_REVIEW, None),))
            break


def _differs_in_one_part(one: date, other: date) -> bool:
    """Whether two dates differ only in the day, only in the month or only in the year."""
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    return sum(mine != theirs for mine, theirs in parts) == 1


@rule(
    "IMR314",
    "header-date-order",
    "error",
    why="The injury precedes the UR decision, and no decision is dated in the future.",
    source="Labor Code 4610, 4610.5(h); 0 of 194 published letters",
    fires={
        "case.date_of_injury": date(2016, 12, 9),
        "case.ur_decision_date": date(2016, 11, 9),
    },
    passes={
        "case.date_of_injury": date(2016, 11, 9),
        "case.ur_decision_date": date(2016, 12, 9),
        "case.application_received": date(2016, 12, 9),
    },
)
def header_date_order(context: CheckContext) -> Iterator[Hit]:
    """Injury, UR decision and application are out of order, or the decision is in the future."""
    case = context.particulars
    injury, review, applied = case.date_of_injury, case.ur_decision_date, case.application_received
    if injury and review and injury > review:
        yield Hit(_INJURY, f"The injury ({injury}) is after the UR decision ({review}).")
    if review and applied and review > applied:
        yield Hit(_REVIEW, f"The UR decision ({review}) is after the application ({applied}).")
    if injury and applied and not review and injury > applied:
        yield Hit(_INJURY, f"The injury ({injury}) is after the application ({applied}).")
    if case.decision_date and context.today and case.decision_date > context.today:
        yield Hit(_DECISION, f"The decision date ({case.decision_date}) is in the future.")


_TO_COME = LazyPattern(
    r"\b(?:until|through|thru|scheduled|appointment|follow[\s-]?up|next|will|expires?|expected"
    r"|due|return(?:ing)?"
    r"|anticipated|planned|to be|by|effective|valid|extend\w*|ending|end date)\b",
    re.IGNORECASE,
)


@rule(
    "IMR315",
    "date-after-decision",
    "warning",
    why="A determination cannot be based on events after its date.",
    source="Practice; 1 of 194 published letters, a year mistyped",
    fires={
        "case.decision_date": date(2017, 2, 8),
        "summary.text": "On December 9, 3026 the MRI was denied.",
    },
    passes={
        "case.decision_date": date(2017, 2, 8),
        "summary.text": "The worker is off work until 3/1/2017.",
    },
)
def date_after_decision(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a date after the decision, or after today if it is not decided.

    Future dates that the sentence announces ("off work until", "scheduled for") are not reported.
    """
    decided = context.particulars.decision_date
    last, what = decided or context.today, "the decision date" if decided else "today"
    if last is None:
        return
    for place, text in context.printed:
        for named in dates(text):
            before = text[max(0, named.span[0] - 60) : named.span[0]]
            if named.day > last and not _TO_COME.search(before):
                says = f"{long_date(named.day)} is after {what}, {long_date(last)}."
                yield Hit(place, says, named.span, also=((_DECISION, None),))
                break


SOON = 3
"""Days before the due date at which a standard review is reported; for others it is one day."""


@rule(
    "IMR601",
    "due-soon",
    "warning",
    why="The time limit is directory: a late letter is valid, but still late.",
    source="Labor Code 4610.6(d); 8 CCR 9792.10.6; Margaris (2016)",
    fires={"today": "2026-12-19", "case.records_received": "2026-11-20"},
    passes={"today": "2026-12-01", "case.records_received": "2026-11-20"},
    blocks=False,
)
def due_soon(context: CheckContext) -> Iterator[Hit]:
    """The determination is due within days, or overdue. This never blocks the letter.

    It does not apply once the case has a decision date or its letter was written.
    """
    case = context.particulars
    limit = deadlines.due(case)
    is_over = bool(case.decision_date or case.imported or context.is_written)
    if limit is None or context.today is None or is_over:
        return
    left = limit.days_left(context.today)
    if left <= (SOON if case.priority == "standard" else 1):
        says = f"Due {limit.day}, {deadlines.days_left_text(limit, context.today)}: {limit.why}"
        received = "records_received" if case.records_received else "application_received"
        yield Hit(Place(f"case.{received}"), says)
