"""IMR101 to IMR108 and IMR113: required parts of a determination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Item, Parties, Record
from imr_tui.model.limits import ATTESTATIONS, Attestation
from imr_tui.text.layout import listed

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
    """The case has no disputed item."""
    if not context.items:
        yield Hit(Place("items"), "The case has no disputed item. Add the items in dispute.")


@rule(
    "IMR102",
    "decision-missing",
    "error",
    why="Every disputed item must be upheld or overturned. There is no default.",
    source="Labor Code 4610.6(c)",
    fires={"decision": None},
    passes={"decision": "overturned"},
)
def decision_missing(context: CheckContext) -> Iterator[Hit]:
    """An item is neither upheld nor overturned."""
    for index, item in enumerate(context.items):
        if item.decision is None:
            yield Hit(Place("decision", index), "No decision yet. Choose Upheld or Overturned.")


@rule(
    "IMR103",
    "rationale-missing",
    "error",
    why="The determination must state the clinical reasons for every decision.",
    source="Labor Code 4610.6(e); 8 CCR 9792.10.6(d)",
    fires={"rationale": " "},
    passes={"rationale": "Not medically necessary."},
)
def rationale_missing(context: CheckContext) -> Iterator[Hit]:
    """An item has no rationale."""
    for index, item in enumerate(context.items):
        if not item.rationale.strip():
            yield Hit(Place("rationale", index), "No rationale yet. Write the clinical reasons.")


@rule(
    "IMR104",
    "credentials-incomplete",
    "error",
    why="The letter describes the reviewer's qualifications and attestations.",
    source="Labor Code 4610.6(f)",
    fires={"reviewer.licenses": ()},
    passes={"reviewer.licenses": ("Texas",)},
)
def credentials_incomplete(context: CheckContext) -> Iterator[Hit]:
    """A state of licensure, a specialty or an attestation is missing."""
    reviewer = context.case.reviewer
    if not any(state.strip() for state in reviewer.licenses):
        yield Hit(Place("reviewer.licenses"), "No state of licensure yet. Enter at least one.")
    if not any(specialty.strip() for specialty in reviewer.specialties):
        yield Hit(Place("reviewer.specialties"), "No specialty yet. Enter at least one.")
    if context.particulars.imported:
        return
    others = [key for key in ATTESTATIONS if key != "no-affiliation"]
    if open_ones := [key for key in others if key not in reviewer.attested]:
        yield Hit(Place("reviewer.attested"), _not_attested(open_ones))


def _not_attested(keys: Sequence[Attestation]) -> str:
    others = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
    return f'Not attested: "{ATTESTATIONS[keys[0]].rstrip(".")}"{others}.'


@rule(
    "IMR105",
    "conflict-check-missing",
    "error",
    why="The reviewer must have no affiliation with the parties, so the case must name them.",
    source="Labor Code 139.5",
    fires={"parties": Parties()},
    passes={"parties": Parties(employer="Sample Employer")},
)
def conflict_check_missing(context: CheckContext) -> Iterator[Hit]:
    """The attestation about affiliations is missing, or the case names no party."""
    if context.particulars.imported:
        return
    if not context.case.parties.named():
        yield Hit(
            Place("parties.employee"),
            "The case names no party. Enter the parties to check for conflicts.",
        )
    elif "no-affiliation" not in context.case.reviewer.attested:
        yield Hit(
            Place("reviewer.attested"),
            f'Not attested: "{ATTESTATIONS["no-affiliation"].rstrip(".")}".',
        )


@rule(
    "IMR106",
    "documents-missing",
    "error",
    why="The determination must list the documents that it is based on.",
    source="8 CCR 9792.10.6(d)",
    fires={"records": ()},
    passes={"records": (Record(title="PR-2"),)},
)
def documents_missing(context: CheckContext) -> Iterator[Hit]:
    """The case lists no reviewed document."""
    if not context.case.records and not context.particulars.imported:
        yield Hit(
            Place("records"), "No reviewed document is listed. List the documents that you read."
        )


_NOT_MEDICAL = {
    "utilization_review": "the UR decision",
    "application": "the application",
    "rfa": "the request for authorization",
}
"""The kinds of documents that every case has, and that are no medical records."""


@rule(
    "IMR107",
    "documents-only-ur",
    "error",
    why="A determination must not be based on the utilization review decision alone.",
    source="8 CCR 9792.10.6(b)(2)",
    fires={"records": (Record(kind="utilization_review"), Record(kind="application"))},
    passes={"records": (Record(kind="utilization_review"), Record(kind="medical"))},
)
def documents_only_ur(context: CheckContext) -> Iterator[Hit]:
    """The case lists only the utilization review decision, the application and the RFA.

    The request for authorization (RFA) asks for the treatment, but is not a medical record.
    """
    kinds = {record.kind for record in context.case.records}
    if kinds and kinds <= _NOT_MEDICAL.keys():
        named = listed([name for kind, name in _NOT_MEDICAL.items() if kind in kinds])
        verb = "are" if len(kinds) > 1 else "is"
        yield Hit(Place("records"), f"Only {named} {verb} listed. List the medical records.")


@rule(
    "IMR108",
    "summary-missing",
    "error",
    why="The determination must describe the employee's medical condition.",
    source="8 CCR 9792.10.6(d)",
    fires={"summary.text": " "},
    passes={"summary.text": "A 54 year old man."},
)
def summary_missing(context: CheckContext) -> Iterator[Hit]:
    """The clinical case summary is empty."""
    if not context.summary.strip():
        yield Hit(Place("summary.text"), "No clinical case summary yet. Write it.")


@rule(
    "IMR113",
    "request-missing",
    "error",
    why="The letter must name every item that it decides.",
    source="8 CCR 9792.10.6(d)",
    fires={"request": "MRI of the knee", "original": "MRI of both knees"},
    passes={"request": "6 visits", "original": "12 visits", "authorized": "6 visits"},
)
def request_missing(context: CheckContext) -> Iterator[Hit]:
    """An item has no request, or only one of the two parts of a UR-modified request."""
    for index, item in enumerate(context.items):
        if not item.request.strip():
            yield Hit(Place("request", index), "The item has no request. Enter what is requested.")
        if bool(item.original.strip()) != bool(item.authorized.strip()):
            field = "authorized" if item.original.strip() else "original"
            yield Hit(
                Place(field, index),
                "A UR-modified item needs both the original request and the authorized part.",
            )
