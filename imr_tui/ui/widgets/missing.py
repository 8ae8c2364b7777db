"""What a stage of a case lacks, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.domain import workflow
from imr_tui.domain.workflow import LAST, Stage
from imr_tui.model.limits import ATTESTATIONS

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case

_NAMES = {
    "reviewer.licenses": "state of licensure",
    "reviewer.specialties": "specialty",
    "summary.text": "summary",
    "citations": "citation",
}
"""The words for a field; the others are called as in the case file."""

_KINDS = {"decision": "Decisions", "citations": "Citations"}


def missing_words(case: Case, stage: Stage) -> str:
    """What `stage` lacks, or else the next item that lacks something; blank if nothing is missing.

    On Review: the stages that lack something.
    """
    if stage == LAST:
        names = [each.name for each in workflow.walk(case)[:-1] if workflow.missing(case, each)]
        return f"Missing: {', '.join(names)}" if names else ""
    if stage not in workflow.walk(case):
        return ""
    if here := [_name(case, place) for place in workflow.missing(case, stage)]:
        return f"Missing here: {', '.join(here)}"
    return next(_elsewhere(case, stage), "")


def _elsewhere(case: Case, stage: Stage) -> Iterator[str]:
    """The other items that lack something in the same kind of stage."""
    for other in workflow.walk(case):
        if other.kind == stage.kind and (places := workflow.missing(case, other)):
            names = " and no ".join(_name(case, place) for place in places)
            yield f"{_KINDS[other.kind]}: item {(other.item or 0) + 1} has no {names}"


def _name(case: Case, place: Place) -> str:
    if place.field == "reviewer.attested":
        count = len(set(ATTESTATIONS) - set(case.reviewer.attested))
        return f"{count} attestation{'s' * (count != 1)}"
    return _NAMES.get(place.field, place.field)
