"""What stands above a letter's summary: the header block, and the reviewer's credentials."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.errors import BadInput
from imr_tui.limits import is_case_number

_LICENSES = re.compile(r"State\(s\) of Licensure:\s*")
_SPECIALTY = re.compile(r"Certification\(s\)\s*/\s*Specialty:\s*")
_DATE = r"\s*(\d{1,2})/(\d{1,2})/(\d{4})"
_DATES = {
    "date_assigned": re.compile(rf"Date Assigned:{_DATE}"),
    "date_of_injury": re.compile(rf"Date of Injury:{_DATE}"),
    "decision_date": re.compile(rf"Decision Date:{_DATE}"),
    "ur_decision_date": re.compile(rf"UR Denial Date:{_DATE}"),
    # In its narrow cell the label is wrapped, and the date may come between its words.
    "application_received": re.compile(rf"Application(?: Received:)?{_DATE}"),
}


def read_header(text: str) -> dict[str, Any]:
    """The fields of the header block, whose cells may stand in any order."""
    found: dict[str, Any] = {}
    if number := re.search(r"Case Number:\s*(\S+)", text):
        found["number"] = number[1] if is_case_number(number[1]) else ""
    for field, pattern in _DATES.items():
        if day := pattern.search(text):
            found[field] = _date(day.groups())
    if priority := re.search(r"Priority:\s*(Standard|Expedited|Formulary)", text, re.I):
        found["priority"] = priority[1].lower()
    return {key: value for key, value in found.items() if value}


def _date(parts: Sequence[str]) -> date | None:
    month, day, year = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_credentials(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lists that stand after the two labels."""
    licensure, specialty = _LICENSES.search(text), _SPECIALTY.search(text)
    if licensure is None or specialty is None:
        raise BadInput("This is not such a letter: it does not give the reviewer's credentials.")
    return (
        split_list(text[licensure.end() : specialty.start()], states()),
        split_list(text[specialty.end() :], specialties()),
    )
