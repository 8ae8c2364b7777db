"""The names of the fields of a case, as messages and screens show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Place

ITEM_LISTS = {
    "citations": "citation",
    "administrator_citations": "administrator's citation",
}
ITEM_FIELDS = {
    "decision": "decision",
    "request": "request",
    "original": "original request",
    "authorized": "authorized part",
    "follows": "link to another item",
    "date_of_service": "date of service",
    "uncited": "reason for no guideline",
    "departure": "reason for not using the MTUS",
    "weighing": "weighing of evidence",
    "copied": "source of copied text",
}
PARTIES = {
    "employee": "employee",
    "employer": "employer",
    "claims_administrator": "claims administrator",
    "adjuster": "claims adjuster",
    "utilization_review_organization": "UR organization",
    "providers": "providers",
}
PARTICULARS = {
    "assignment": "assignment",
    "diagnosis": "diagnosis",
    "specialty": "specialty of the requesting physician",
    "date_of_injury": "date of injury",
    "date_assigned": "date assigned",
    "ur_decision_date": "UR decision date",
    "application_received": "date of the application",
    "records_received": "date of the records",
    "decision_date": "date of the decision",
    "priority": "priority",
}
TABLES = {
    "rereview": "order for a new review",
    "correction": "reason for the correction",
    "signature": "signature",
}
"""The tables that no screen edits."""
_PARTS = {"case": PARTICULARS, "parties": PARTIES, "summary": {"text": "summary"}}


def field_name(place: Place) -> str:
    """The name of a field: `item 2 citation 1`, `UR decision date`, `summary`."""
    field, _, row = place.field.partition("[")
    number = f" {int(row.rstrip(']')) + 1}" if row else ""
    if place.item is not None:
        name = ITEM_LISTS.get(field, "") or ITEM_FIELDS.get(field, field)
        return f"item {place.item + 1} {name}{number}"
    part, _, name = field.partition(".")
    return _PARTS.get(part, {}).get(name, name or field) + number
