"""IMR210: a rationale denies what the letter states elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.context import text_at
from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.decision.treatment_claims import contradicted_claims, denied_treatments
from imr_tui.checks.same_part import is_same_day, is_same_part
from imr_tui.checks.same_state import is_same_state
from imr_tui.domain.workflow import Place
from imr_tui.reading.findings.findings import Statement, Thing, statements
from imr_tui.reading.language.definite import is_of_worker

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.findings.denials import Denial

Where = tuple[Place, Span | None]
"""A field, and a part of it."""

_DATED = ("document", "study")


@rule(
    "IMR210",
    "absence-contradicted",
    "warning",
    why='Most reversals rest on "no documentation of X" where a record documents X.',
    source="Labor Code 4610.6(h)(5); Gonzalez-Ornelas; McAtee (2015); Bowen (2019)",
    fires={
        "summary.text": "The examination showed spasm of the lumbar muscles.",
        "request": "MRI of the lumbar spine",
        "rationale": "There was a lack of muscle spasm. The MRI is not medically necessary.",
    },
    passes={
        "summary.text": "The examination showed no spasm of the lumbar muscles.",
        "request": "MRI of the lumbar spine",
        "rationale": "There was a lack of muscle spasm. The MRI is not medically necessary.",
    },
)
def absence_contradicted(context: CheckContext) -> Iterator[Hit]:
    """A rationale denies what the summary, another rationale or a listed document states.

    It compares findings, symptoms, treatments, studies and documents. A family covers its members:
    "no conservative treatment" contradicts six visits of physical therapy. A claim that the number
    or the failure of treatments is not documented contradicts a number or failure that the summary
    records. A treatment that the rationale says was tried contradicts a summary that only denies
    it. Both places must concern
    the same part and side of the body, and the same day if both give one.

    A narrower denial is not reported: "no gain from therapy", "no recent X-ray". Guidelines,
    conditions, and treatment that is only requested or planned are ignored. So are findings that
    are only suspected, or of another spot of the part. What the worker reports may be absent on
    examination.
    """
    for item in context.reading.items:
        for denial in item.rationale.denials:
            if found := _contradiction(context, item, denial):
                where, said = found
                text = item.rationale.text[slice(*denial.span)]
                says = f'"{" ".join(text.split())}", but {said}. Correct the one that is wrong.'
                yield Hit(item.rationale.place, says, denial.span, also=(where,))
        yield from contradicted_claims(context, item)
        yield from denied_treatments(context, item)


def _contradiction(
    context: CheckContext, item: ItemReading, denial: Denial
) -> tuple[Where, str] | None:
    if stated := _stated(context.reading.summary, context, item, denial):
        return stated, f"the summary states {_quoted(context, stated)}"
    for other in context.reading.items:
        if other.index != item.index and (
            stated := _stated(other.rationale, context, item, denial)
        ):
            return (
                stated,
                f"the rationale of item {other.index + 1} states {_quoted(context, stated)}",
            )
    if _is_listed(context, item, denial):
        return (Place("records"), None), "the list of documents contains it"
    return None


def _quoted(context: CheckContext, where: Where) -> str:
    place, span = where
    text = text_at(context.case, place)[slice(*span)] if span else ""
    return f'"{" ".join(text.split())}"'


def _stated(
    reading: TextReading, context: CheckContext, item: ItemReading, denial: Denial
) -> Where | None:
    denied = denial.statement
    found = [
        each
        for each in reading.statements
        if _states(each, reading, denial)
        and is_same_part(context, item, denied, each)
        and (reading.place.field != "rationale" or is_of_worker(reading.text, each))
        and is_same_state(denied, reading, each)
        and is_same_day(item.rationale, denied, reading, each)
    ]
    if not found:
        return None
    # A place that names the same part convinces more than one that names none.
    named = next((each for each in found if each.regions & denied.regions), None)
    return reading.place, (named or found[0]).mention.span


def _states(each: Statement, reading: TextReading, denial: Denial) -> bool:
    denied = denial.statement.thing
    if each.thing.sort == "topic":
        return False
    if denied.sort == "topic":
        return _fills_in(each, denied)
    if denied.name == "examination":
        return each.thing.sort in ("finding", "test", "examination")
    if denied.name not in each.thing.families:
        return False
    if each.thing.sort == "test" and denial.is_unrecorded:
        return each.is_present is not None
    if not each.is_present:
        return False
    if each.thing.sort == "treatment" or each.thing.sort == "study":
        return not each.is_planned
    return True


def _fills_in(each: Statement, topic: Thing) -> bool:
    """Whether a statement covers a topic that a rationale says is not documented."""
    if topic.name == "objective finding":
        return each.thing.sort in ("finding", "test") and bool(each.is_present)
    if topic.name not in each.thing.families or each.is_present is None:
        return False
    # A strength that is normal was tested.
    return each.is_present or (each.thing.sort == "finding" and each.mention.is_opposite)


def _is_listed(context: CheckContext, item: ItemReading, denial: Denial) -> bool:
    denied = denial.statement.thing
    if denied.sort not in _DATED:
        return False
    return any(
        denied.name in each.thing.families and is_same_part(context, item, denial.statement, each)
        for record in context.case.records
        for each in statements(record.title)
    )
