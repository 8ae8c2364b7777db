"""Compares claims about a treatment with the number and the outcome that the summary records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.checks.same_part import is_same_part
from imr_tui.checks.same_state import is_same_state
from imr_tui.reading.findings import treatment_claims
from imr_tui.reading.findings.treatment_claims import is_tried
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.findings.treatment_claims import TreatmentFact


def contradicted_claims(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    """A rationale says that a fact about a treatment is unknown, and the summary states it."""
    summary, rationale = context.reading.summary, item.rationale
    reported = set[tuple[int, int]]()
    for claim in treatment_claims.unknown(rationale.text):
        if claim.span in reported:
            continue
        for fact in treatment_claims.recorded(summary.text):
            if _is_answer(context, item, claim, fact):
                reported.add(claim.span)
                says = f'"{_words(rationale.text, claim)}", but the summary states '
                says += f'"{_words(summary.text, fact)}". Correct the one that is wrong.'
                yield Hit(rationale.place, says, claim.span, also=((summary.place, fact.span),))
                break


def denied_treatments(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    """A rationale says that a treatment was tried, and the summary only that it was not."""
    summary, rationale = context.reading.summary, item.rationale
    for denial in summary.denials:
        name = denial.statement.thing.name
        if denial.statement.thing.sort != "treatment" or _is_given(summary, name):
            continue
        for each in rationale.statements:
            if (
                name in each.thing.families
                and is_tried(rationale.text, each)
                and is_same_part(context, item, each, denial.statement)
            ):
                said = words_at(summary.text, denial.span)
                says = f"{rationale.text[slice(*each.mention.span)]!r} is given as tried, but the"
                says += f' summary states "{said}". Correct the one that is wrong.'
                place = summary.place, denial.span
                yield Hit(rationale.place, says, each.mention.span, also=(place,))
                break


def _is_given(summary: TextReading, name: str) -> bool:
    return any(
        name in each.thing.families and each.is_present and not each.is_planned
        for each in summary.statements
    )


def _words(text: str, fact: TreatmentFact) -> str:
    return words_at(text, fact.span)


def _is_answer(
    context: CheckContext, item: ItemReading, claim: TreatmentFact, fact: TreatmentFact
) -> bool:
    return (
        fact.sort == claim.sort
        and claim.statement.thing.name in fact.statement.thing.families
        and is_same_part(context, item, claim.statement, fact.statement)
        and is_same_state(claim.statement, context.reading.summary, fact.statement)
    )
