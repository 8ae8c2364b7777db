"""IMR101 to IMR108 and IMR113: required parts of a determination."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Item, Parties, Record
from imr_tui.model.limits import ATTESTATIONS

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR101",
    "items-none",
    "error",
    why="A determination decides at least one disputed item or service.",
    source="Labor Code 4610.6(a)",
    fires={"items": ()},
    passes={"items": (Item(request="MRI of the right knee"),)},
)
def items_none(context: CheckContext) -> Iterator[Hit]:
    """The case lists no disputed item."""
    if not context.items:
        yield Hit(Place("items"), "No disputed item is listed; add the items in dispute.")


@rule(
    "IMR102",
    "decision-missing",
    "error",
    why="Every disputed item is either upheld or overturned; nothing is decided by default.",
    source="Labor Code 4610.6(c)",
    fires={"decision": None},
    passes={"decision": "overturned"},
)
def decision_missing(context: CheckContext) -> Iterator[Hit]:
    """An item has neither decision."""
    for index, item in enumerate(context.items):
        if item.decision is None:
            yield Hit(Place("decision", index), "Not decided yet: Upheld or Overturned.")


@rule(
    "IMR103",
    "rationale-missing",
    "error",
    why="The determination states the clinical reasons for every decision.",
    source="Labor Code 4610.6(d); 8 CCR 9792.10.6(d)",
    fires={"rationale": " "},
    passes={"rationale": "Not medically necessary."},
)
def rationale_missing(context: CheckContext) -> Iterator[Hit]:
    """An item has no rationale."""
    for index, item in enumerate(context.items):
        if not item.rationale.strip():
            yield Hit(Place("rationale", index), "No rationale yet; write the clinical reasons.")


@rule(
    "IMR104",
    "credentials-incomplete",
    "error",
    why="The letter describes the reviewer's qualifications and states what was attested.",
    source="Labor Code 4610.6(d); 8 CCR 9792.10.6(d)",
    fires={"reviewer.licenses": ()},
    passes={"reviewer.licenses": ("Texas",)},
)
def credentials_incomplete(context: CheckContext) -> Iterator[Hit]:
    """A licence, a specialty or an attestation (but for IMR105's) is missing."""
    reviewer = context.case.reviewer
    if not any(state.strip() for state in reviewer.licenses):
        yield Hit(Place("reviewer.licenses"), "No state of licensure is given.")
    if not any(specialty.strip() for specialty in reviewer.specialties):
        yield Hit(Place("reviewer.specialties"), "No certification or specialty is given.")
    if context.particulars.imported:
        return
    others = [key for key in ATTESTATIONS if key != "no-affiliation"]
    if open_ones := [key for key in others if key not in reviewer.attested]:
        yield Hit(Place("reviewer.attested"), f"Not attested yet: {', '.join(open_ones)}.")


@rule(
    "IMR105",
    "conflict-check-missing",
    "error",
    why="The reviewer may have no affiliation with the parties, so they must be in view.",
    source="Labor Code 139.5(d)",
    fires={"parties": Parties()},
    passes={"parties": Parties(employer="Sample Employer")},
)
def conflict_check_missing(context: CheckContext) -> Iterator[Hit]:
    """The conflict attestation is missing, or there was nobody to give it against."""
    if context.particulars.imported:
        return
    if not context.case.parties.named():
        yield Hit(Place("parties.employee"), "No party is named, so no conflict can be ruled out.")
    elif "no-affiliation" not in context.case.reviewer.attested:
        yield Hit(
            Place("reviewer.attested"),
            "Not attested: no affiliation with the parties named in the case.",
        )


@rule(
    "IMR106",
    "documents-missing",
    "error",
    why="The determination rests on the documents reviewed, so they are listed.",
    source="8 CCR 9792.10.6(d)",
    fires={"records": ()},
    passes={"records": (Record(title="PR-2"),)},
)
def documents_missing(context: CheckContext) -> Iterator[Hit]:
    """No document is listed as reviewed."""
    if not context.case.records and not context.particulars.imported:
        yield Hit(Place("records"), "No document is listed as reviewed; list what you read.")


@rule(
    "IMR107",
    "documents-only-ur",
    "error",
    why="A determination may not rest on the utilization review decision alone.",
    source="8 CCR 9792.10.6(b)(2)",
    fires={"records": (Record(kind="utilization_review"), Record(kind="application"))},
    passes={"records": (Record(kind="utilization_review"), Record(kind="medical"))},
)
def documents_only_ur(context: CheckContext) -> Iterator[Hit]:
    """Only the utilization review decision and the application are listed."""
    kinds = {record.kind for record in context.case.records}
    if kinds and kinds <= {"utilization_review", "application"}:
        yield Hit(Place("records"), "Only the UR decision and the application are listed.")


@rule(
    "IMR108",
    "summary-missing",
    "error",
    why="The determination describes the employee's medical condition.",
    source="8 CCR 9792.10.6(d)",
    fires={"summary.text": " "},
    passes={"summary.text": "A 54 year old man."},
)
def summary_missing(context: CheckContext) -> Iterator[Hit]:
    """The clinical case summary is blank."""
    if not context.summary.strip():
        yield Hit(Place("summary.text"), "No clinical case summary yet.")


@rule(
    "IMR113",
    "request-missing",
    "error",
    why="The letter names every item that it decides.",
    source="8 CCR 9792.10.6(d)",
    fires={"request": "MRI of the knee", "original": "MRI of both knees"},
    passes={"request": "6 visits", "original": "12 visits", "authorized": "6 visits"},
)
def request_missing(context: CheckContext) -> Iterator[Hit]:
    """An item does not say what is requested, or only half of what UR modified."""
    for index, item in enumerate(context.items):
        if not item.request.strip():
            yield Hit(Place("request", index), "The item does not say what is requested.")
        if bool(item.original.strip()) != bool(item.authorized.strip()):
            field = "authorized" if item.original.strip() else "original"
            yield Hit(
                Place(field, index),
                "A UR-modified item needs both the original request and the authorized part.",
            )
