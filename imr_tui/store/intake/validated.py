"""Validates what an organization sends about a case as an assignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from imr_tui.domain.assignment import Assignment
from imr_tui.errors import BadInput
from imr_tui.model.case import Case
from imr_tui.model.limits import MAX_LINE, SCHEMA
from imr_tui.store.cases.case_codec import check_schema
from imr_tui.store.toml_files import validation_errors
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.domain.sent_case import SentCase

_OF_REVIEWER = ("reviewer", "summary", "acknowledged", "rereview", "correction", "signature")
_OF_REVIEWER_IN_CASE = ("decision_date", "imported", "own")
_OF_REVIEWER_IN_ITEM = (
    *("decision", "rationale", "citations", "uncited", "departure", "weighing", "copied"),
)


def assignment_of(sent: SentCase) -> Assignment:
    """What was sent as an assignment; raises BadInput with a sentence that names the key.

    Refused are fields that only a reviewer fills in, such as a decision.
    """
    case = _validated(sent.tables)
    reason = sent.reason
    if not isinstance(reason, str) or len(reason) > MAX_LINE:
        raise BadInput(f"reason must be text of at most {MAX_LINE:,} characters.")
    return Assignment(
        id=case.particulars.assignment,
        status=sent.status,
        reason=clean_line(reason).strip(),
        on=sent.on,
        case=case,
        dropped=sent.dropped,
    )


def _validated(tables: Mapping[str, Any]) -> Case:
    document = {"schema": SCHEMA, **tables}
    check_schema(document, "The row")
    if key := _refused(document):
        raise BadInput(f"{key} is for the reviewer to fill in. Leave it out of the assignment.")
    try:
        case = Case.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        raise BadInput(validation_errors.explain(error, Case, "", "")) from error
    if not case.particulars.assignment.strip():
        raise BadInput("assignment is missing: the organization's id, by which changes are found.")
    return case


def _refused(tables: Mapping[str, Any]) -> str:
    """The first key that only a reviewer fills in; blank without such a key."""
    found = [key for key in _OF_REVIEWER if tables.get(key)]
    if isinstance(head := tables.get("case"), Mapping):
        found += [f"case {key}" for key in _OF_REVIEWER_IN_CASE if head.get(key)]
    if isinstance(items := tables.get("items"), list):
        for at, item in enumerate(items, 1):
            keys = _OF_REVIEWER_IN_ITEM if isinstance(item, Mapping) else ()
            found += [f"items {at} {key}" for key in keys if item.get(key)]
    return found[0] if found else ""
