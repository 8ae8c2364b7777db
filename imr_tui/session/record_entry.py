"""The fields of the record and of its documents, and the edits that their texts make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from imr_tui.model import edits
from imr_tui.model.limits import NOT_A_NUMBER, Priority, is_case_number
from imr_tui.session.date_entry import in_full, read_full_date
from imr_tui.text.user_input import read_list

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.model.case import Case, Record
    from imr_tui.model.edits import CaseLine, Change, DateName, PartyName

PRIORITIES = {each: each for each in get_args(Priority)}
DATES: dict[DateName, str] = {
    "date_of_injury": "Date of injury",
    "ur_decision_date": "Utilization review",
    "application_received": "Application received",
    "records_received": "Records received",
    "date_assigned": "Date assigned",
    "decision_date": "Decision date",
}
LINES: dict[CaseLine, str] = {"diagnosis": "Diagnosis", "specialty": "Requesting specialty"}
PARTIES: dict[PartyName, str] = {
    "employee": "Employee",
    "employer": "Employer",
    "claims_administrator": "Claims administrator",
    "adjuster": "Claims adjuster",
    "utilization_review_organization": "UR organization",
}
FIELDS: dict[str, str] = dict(
    [*DATES.items(), *LINES.items(), *PARTIES.items(), ("providers", "Providers (A; B)")]
)
"""The labels of the fields that are typed, in the order of the form."""
DOCUMENT = {
    "title": "Title",
    "source": "Source",
    "from_": "First date",
    "to": "Last date",
    "kind": "Kind",
    "case": "Earlier case number",
}
"""The labels of the fields of a document, in the order of the form."""
PERIOD = ("from_", "to")
"""The fields of a document that are dates."""


def value_of(case: Case, name: str) -> str:
    """The text of a field of the record."""
    if name == "providers":
        return "; ".join(case.parties.providers)
    return str(getattr(case.parties if name in PARTIES else case.particulars, name) or "")


def record_change(name: str, text: str, today: date) -> Change:
    """The edit that sets a field of the record to `text`.

    Raises ValueError with the error text, Unfinished for a date in a short form.
    """
    if name in DATES:
        return partial(edits.set_date, name=name, day=read_full_date(text, today))
    if name in LINES:
        return partial(edits.set_case_line, name=name, text=text)
    if name in PARTIES:
        return partial(edits.set_party, name=name, who=text)
    if name == "providers":
        return partial(edits.set_providers, providers=read_list(text))
    return partial(edits.set_priority, priority=cast("Priority", text))


def record_text_in_full(name: str, text: str, today: date) -> str:
    """The full form of the text of a field; raises ValueError if it cannot be read."""
    return in_full(text, today) if name in (*DATES, *PERIOD) else text


def document_value(record: Record, name: str) -> str:
    """The text of a field of a document."""
    return str(getattr(record, name) or "")


def document_change(index: int, name: str, text: str, today: date) -> Change:
    """The edit that sets a field of the 0-based document `index` to `text`.

    Raises ValueError with the error text, Unfinished for a date in a short form.
    """
    changes = {name: _document_field(name, text, today)}
    return partial(edits.set_record, index=index, changes=changes)


def _document_field(name: str, typed: str, today: date) -> str | date | None:
    if name == "case" and typed.strip() and not is_case_number(typed.strip()):
        raise ValueError(f"{NOT_A_NUMBER.capitalize()}.")
    return read_full_date(typed, today) if name in PERIOD else typed
