"""IMR319: how long something has lasted, against the age of the claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.checks.claim_dates import start_of_claim
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.deadlines import reference_date
from imr_tui.reading.dates import long_date

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_ROUNDING = 1.15
"""Times are rounded: three months may be eleven weeks."""
_ROUNDING_DAYS = 10
"""Added to each claim for the same reason."""


@rule(
    "IMR319",
    "duration-longer-than-claim",
    "warning",
    why="Treatment of this injury cannot be older than the injury: the time or the date is wrong.",
    source="Labor Code 4610.6(h)(5); slips in published letters",
    fires={
        "case.date_of_injury": date(2016, 10, 14),
        "case.decision_date": date(2017, 1, 20),
        "summary.text": "The worker was injured on 10/14/2016. She has been on chronic opioid "
        "treatment for at least 6 months.",
    },
    passes={
        "case.date_of_injury": date(2016, 10, 14),
        "case.decision_date": date(2017, 1, 20),
        "summary.text": "The worker was injured on 10/14/2016. Guidelines allow opioids for at "
        "least 6 months. She has had diabetes for 20 years, and has had pain for three months.",
    },
)
def duration_longer_than_claim(context: CheckContext) -> Iterator[Hit]:
    """Treatment, complaints or disability are said to have lasted longer than the claim.

    The claim lasts from the injury to the decision. Times of older
    conditions and of employment are ignored, and times in guideline text, quotations, plans and
    requests. Letters that mention an earlier injury before the time are ignored, too.
    """
    injury, last = start_of_claim(context), reference_date(context.particulars) or context.today
    if injury is None or last is None or last < injury.day:
        return
    age = (last - injury.day).days
    for each in context.reading.prose:
        for lasted in each.durations:
            if lasted.days(last) > age * _ROUNDING + _ROUNDING_DAYS:
                words = " ".join(each.text[slice(*lasted.span)].split())
                says = f'"{words}" is longer than the claim: the injury of'
                says += f" {long_date(injury.day)} was {age} days before {long_date(last)}."
                yield Hit(each.place, says, lasted.span, also=((injury.place, injury.span),))
                break
