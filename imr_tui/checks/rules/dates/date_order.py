"""IMR314 and IMR315: the order of the header's dates, and dates after the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.dates.dates import dates, long_date
from imr_tui.reading.dates.impossible_dates import LATEST_YEAR
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


_INJURY = Place("case.date_of_injury")
_REVIEW = Place("case.ur_decision_date")
_DECISION = Place("case.decision_date")
_HEADER = (
    ("date_of_injury", "injury"),
    ("ur_decision_date", "UR decision"),
    ("application_received", "application"),
    ("date_assigned", "assignment"),
    ("records_received", "arrival of the records"),
    ("decision_date", "decision"),
)
"""The dates of the header in the order in which they have to follow each other."""
_NO_ORDER = frozenset({("date_assigned", "records_received")})
"""Dates of which either may come first."""
_LATEST = date(LATEST_YEAR, 12, 31)


@rule(
    "IMR314",
    "header-date-order",
    "error",
    why="The injury precedes the UR decision, and no decision is dated in the future.",
    source="Labor Code 4610, 4610.5(h); 0 of 194 published letters",
    fires={
        "case.date_of_injury": date(2014, 11, 9),
        "case.ur_decision_date": date(2014, 11, 5),
    },
    passes={
        "case.date_of_injury": date(2014, 10, 9),
        "case.ur_decision_date": date(2014, 11, 12),
        "case.application_received": date(2014, 11, 12),
    },
)
def header_date_order(context: CheckContext) -> Iterator[Hit]:
    """Dates of the header are out of order, or the decision is in the future.

    The order is injury, UR decision, application, assignment and arrival of the records, decision.
    An error names the injury, the UR decision and the application, or a decision in the future;
    other dates out of order are warnings.
    """
    case = context.particulars
    injury, review, applied = case.date_of_injury, case.ur_decision_date, case.application_received
    errors: list[Hit] = []
    if injury and review and injury > review:
        errors.append(Hit(_INJURY, f"The injury ({injury}) is after the UR decision ({review})."))
    if review and applied and review > applied:
        says = f"The UR decision ({review}) is after the application ({applied})."
        errors.append(Hit(_REVIEW, says))
    if injury and applied and not review and injury > applied:
        errors.append(Hit(_INJURY, f"The injury ({injury}) is after the application ({applied})."))
    if case.decision_date and context.today and case.decision_date > context.today:
        says = f"The decision date ({case.decision_date}) is in the future."
        errors.append(Hit(_DECISION, says))
    yield from errors
    yield from _later_dates(context, {error.place for error in errors})


def _later_dates(context: CheckContext, reported: set[Place]) -> Iterator[Hit]:
    """Warn of other dates out of order; fields that are reported as errors are left out."""
    case = context.particulars
    given = [(name, words, day) for name, words in _HEADER if (day := getattr(case, name))]
    for (name, words, day), (other, later, other_day) in combinations(given, 2):
        place = Place(f"case.{name}")
        if day > other_day and (name, other) not in _NO_ORDER and place not in reported:
            reported.add(place)
            says = f"The {words} ({day}) is after the {later} ({other_day})."
            also = ((Place(f"case.{other}"), None),)
            yield Hit(place, f"{says} Correct the wrong date.", also=also, severity="warning")


_TO_COME = LazyPattern(
    r"\b(?:until|through|thru|scheduled|(?:is|are|was|were) set|appointment"
    r"|(?<!at\sthe\s)(?<!at\sa\s)(?<!at\s)follow[\s-]?up|next|will|expires?|expected"
    r"|due (?!to\b)|return(?:s|ing)?|comes? back|to start|to begin"
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
        "summary.text": "On December 9, 2036 the MRI was denied.",
    },
    passes={
        "case.decision_date": date(2017, 2, 8),
        "summary.text": "The worker is off work until 3/1/2017.",
    },
)
def date_after_decision(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a date after the decision, or after today if it is not decided.

    Future dates that the sentence announces ("off work until", "scheduled for") are not reported.
    IMR320 reports impossible years.
    """
    decided = context.particulars.decision_date
    last, what = decided or context.today, "the decision date" if decided else "today"
    if last is None:
        return
    for place, text in context.printed:
        for named in dates(text):
            start = max(sentence_at(text, named.span[0]).start, named.span[0] - 60)
            before = text[start : named.span[0]]
            if last < named.day <= _LATEST and not _TO_COME.search(before):
                says = f"{long_date(named.day)} is after {what}, {long_date(last)}."
                yield Hit(place, says, named.span, also=((_DECISION, None),))
                break
