"""IMR319: how long something has lasted, against the age of the claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.checks.claim_dates import start_of_claim
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.deadlines import reference_date
from imr_tui.reading.body import anatomy
from imr_tui.reading.dates.dates import long_date
from imr_tui.reading.drugs.drugs import drugs, is_of, same
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.dates.durations import Duration

_ROUNDING = 1.15
"""Times are rounded: three months may be eleven weeks."""
_ROUNDING_TO_RECORDS = 1.6
"""The same until utilization review, because the worker is still treated after it."""
_ROUNDING_DAYS = 10
"""Added to each claim for the same reason."""


def _end_of_records(context: CheckContext, decided: date) -> date:
    """The day of the utilization review, or of a later visit; else the day of the decision."""
    reviewed = context.particulars.ur_decision_date
    if reviewed is None:
        return decided
    visits = (each.day for text in context.reading.prose for each in text.visit_dates)
    return max((day for day in (reviewed, *visits) if day <= decided), default=decided)


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

    The claim lasts from the injury to the decision. Until utilization review or a later visit, half
    as long again is still allowed. Times of older conditions and of employment are ignored, and
    times in guideline text, quotations, plans and requests. So are complaints that come and go,
    drugs for another illness, and body parts that nothing else in the letter mentions. Letters that
    mention an earlier injury before the time are ignored, too.
    """
    injury, last = start_of_claim(context), reference_date(context.particulars) or context.today
    if injury is None or last is None or last < injury.day:
        return
    longest = (last - injury.day).days * _ROUNDING
    records = _end_of_records(context, last)
    if 0 <= (until_records := (records - injury.day).days * _ROUNDING_TO_RECORDS) < longest:
        last, longest = records, until_records
    age = (last - injury.day).days
    for each in context.reading.prose:
        for lasted in each.durations:
            is_longer = lasted.days(last) > longest + _ROUNDING_DAYS
            if is_longer and _is_of_claim(context, each, lasted):
                words = words_at(each.text, lasted.span)
                says = f'"{words}" is longer than the claim: the injury of'
                says += f" {long_date(injury.day)} was {age} days before {long_date(last)}."
                yield Hit(each.place, says, lasted.span, also=((injury.place, injury.span),))
                break


_OTHER_ILLNESS = (
    *("statin", "antihypertensive", "diabetes", "hormone", "antihistamine", "urinary agent"),
    *("anticoagulant", "antiplatelet", "antiretroviral", "contraceptive", "diuretic"),
)
"""Classes of drugs that a worker may have taken long before the injury."""


def _is_of_claim(context: CheckContext, text: TextReading, lasted: Duration) -> bool:
    """Whether the sentence is about the claim.

    It is not if it is about a drug for another illness that is not requested, or about a body part
    that nothing else in the letter mentions.
    """
    sentence = sentence_at(text.text, lasted.span[0])
    taken = drugs(sentence.text)
    if taken and all(is_of(each.drug, *_OTHER_ILLNESS) for each in taken):
        asked = [each.drug for item in context.reading.items for each in item.request.drugs]
        return any(same(each.drug, other) for each in taken for other in asked)
    here = text.regions_by_sentence.get(sentence.start, Counter())
    counts = context.reading.region_counts
    others = [name for name, count in counts.items() if count > here[name]]
    if not here or not others:
        return True
    return any(anatomy.related(one, other) for one in here for other in others)
