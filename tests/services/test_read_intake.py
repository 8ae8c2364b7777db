"""Reading assignments: the names of Form IMR, of the case file and of the site."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from imr_tui.cli.commands.help_topic import manual
from imr_tui.domain.assignment_fields import path_of
from imr_tui.errors import BadInput
from imr_tui.model.case import Case, Item, Parties, Record, to_plain
from imr_tui.store.cases.folder import Folder
from tests.services.intake_files import (
    HEADER,
    ROWS,
    only,
    read,
    sent,
)


@pytest.fixture
def folder(cases: Path) -> Folder:
    return Folder(cases)


def test_an_object_is_an_assignment(folder: Folder) -> None:
    row = {
        **sent(7),
        "assignment": " A-7 ",
        "status": "Withdrawn",
        "reason": "by the employee",
        "status_date": "1/3/24",
    }
    assignment = only(read(json.dumps(row), folder))
    assert assignment[:4] == ("A-7", "withdrawn", "by the employee", date(2024, 1, 3))
    assert assignment.dropped == ()
    assert assignment.case.particulars.assignment == "A-7"
    assert assignment.case.particulars.date_of_injury == date(2024, 1, 2)
    assert assignment.case.items == (Item(request="MRI"),)


FORM = {
    "Assignment ID": "A-1",
    "IMR Case Number": "CM26-0190442",
    "Type of Utilization Review": "Regular",
    "Employee Name (First, MI, Last)": "Ann B Sample",
    "Employee Phone Number": "555-0100",
    "Employee Address/P.O. Box": "1 Main St",
    "Date of Birth (MM/DD/YYYY)": "1/1/1970",
    "Claim Number": "C-1",
    "WCIS Jurisdictional Claim Number (if assigned)": "W-1",
    "EAMS Case Number (if applicable)": "E-1",
    "Date of Injury (MM/DD/YYYY)": "3/4/2024",
    "Employer Name": "Sample Works",
    "Employee's Attorney": "Law Firm",
    "Requesting Physician Name (First, MI, Last)": "Dr. One",
    "Practice Name": "Sample Clinic",
    "Specialty": "Orthopaedics",
    "Other Treating Physicians": "Dr. Two; Dr. Three; Dr. One",
    "Requesting Physician Fax Number": "555-0101",
    "Claims Administrator Name": "Sample Claims",
    "Adjuster/Contact Name": "Pat Adjuster",
    "Adjuster E-mail": "pat@example.org",
    "Primary Diagnosis": "Impingement syndrome",
    "ICD-10 Code": "M75.41",
    "Date of Utilization Review Determination Letter": "2024-05-06T00:00:00",
    "Disputing Liability": "No",
    "Service 1": "MRI of the right shoulder",
    "Service 2": "6 sessions",
    "Service 2 Original": "12 sessions",
    "Service 2 Authorized": "6 sessions now",
    "Service 2 Date of Service": "45000",
    "Signature": "x",
}
"""What Form IMR contains, under its names."""


@pytest.mark.parametrize("kind", ["table", "object"])
def test_the_names_of_form_imr_are_known(folder: Folder, kind: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([FORM.keys(), FORM.values()])
    assignment = only(read(json.dumps(FORM) if kind == "object" else table.getvalue(), folder))
    assert to_plain(assignment.case) == {
        **to_plain(Case.blank("CM26-0190442")),
        "case": {
            "number": "CM26-0190442",
            "assignment": "A-1",
            "priority": "standard",
            "diagnosis": "M75.41 Impingement syndrome",
            "specialty": "Orthopaedics",
            "date_of_injury": date(2024, 3, 4),
            "ur_decision_date": date(2024, 5, 6),
        },
        "parties": {
            "employee": "Ann B Sample",
            "employer": "Sample Works",
            "claims_administrator": "Sample Claims",
            "adjuster": "Pat Adjuster",
            "providers": ("Dr. One", "Sample Clinic", "Dr. Two", "Dr. Three"),
        },
        "items": (
            to_plain_item(request="MRI of the right shoulder"),
            to_plain_item(
                request="6 sessions",
                original="12 sessions",
                authorized="6 sessions now",
                date_of_service=date(2023, 3, 15),
            ),
        ),
    }
    assert assignment.dropped == (
        *("EAMS case number", "address", "attorney", "birth date", "claim number", "e-mail"),
        *("fax", "liability dispute", "signature", "telephone"),
    )


def to_plain_item(**fields: Any) -> dict[str, Any]:
    case = Case.blank("A").but(items=(Item(**fields),))
    return to_plain(case)["items"][0]  # type: ignore[no-any-return]


def test_parts_of_names_and_objects_within_objects(folder: Folder) -> None:
    row = {
        "assignment": {"id": "A-1", "status": "open"},
        "caseNumber": "CM26-1",
        "employee": {
            "firstName": "Ann",
            "MI": "B",
            "lastName": "Sample",
            "dateOfBirth": "1/1/1970",
            "address": {"city": "Fresno", "zip": "93650"},
        },
        "requesting_physician": {"first_name": "Doc", "last_name": "Tor", "phone": "1"},
        "icd": ["M75.41", "M54.50"],
        "priority": "modification after appeal",
    }
    assignment = only(read(json.dumps(row), folder))
    assert assignment.case.parties.employee == "Ann B Sample"
    assert assignment.case.parties.providers == ("Doc Tor",)
    assert assignment.case.particulars.diagnosis == "M75.41, M54.50"
    assert assignment.dropped == ("address", "birth date", "telephone")


def test_a_code_that_the_diagnosis_has_is_not_said_twice(folder: Folder) -> None:
    row = {**sent(1), "diagnosis": "Pain (M54.50)", "icd": "M54.50; M75.41"}
    diagnosis = only(read(json.dumps(row), folder)).case.particulars.diagnosis
    assert diagnosis == "M75.41 Pain (M54.50)"
    row = {**sent(1), "diagnosis": "M54.50, M75.41.", "icd": "M54.5; M75.41"}
    diagnosis = only(read(json.dumps(row), folder)).case.particulars.diagnosis
    assert diagnosis == "M54.5 M54.50, M75.41."


def test_null_is_blank(folder: Folder) -> None:
    row = {
        **sent(1),
        "status": None,
        "parties": {"employee": None, "providers": None},
        "records": [{"kind": "rfa", "title": None, "to": None}],
        "items": [{"request": "MRI", "original": None, "follows": None, "date_of_service": ""}],
    }
    case = only(read(json.dumps(row), folder)).case
    assert (case.parties, case.records) == (Parties(), (Record(kind="rfa"),))
    assert case.items == (Item(request="MRI"),)


def test_a_cell_that_looks_like_a_formula_is_text(folder: Folder) -> None:
    formulas = ("=1+1", "+1", "-x", "@SUM(A1)", '=HYPERLINK(""x"")', "'=1")
    rows = [HEADER, *(f'A-{n},CM26-{n},"{each}",,MRI' for n, each in enumerate(formulas))]
    found = [row.assignment for row in read("\n".join(rows), folder)]
    names = [each.case.parties.employee for each in found if each]
    assert names == [each.replace('""', '"') for each in formulas]


def test_the_site_names_its_headings(folder: Folder) -> None:
    (folder.path / ".imr").mkdir()
    (folder.path / ".imr" / "intake.toml").write_text(
        '[headings]\n"Pat. Name" = "parties.employee"\nFile = "Case Number"\n'
        'Ref = "assignment"\nNotes = ""\nState = "status"\n'
    )
    table = "Ref,FILE,pat name,Notes,State\nA-1,CM26-1,Ann,secret,withdrawn\n"
    row = {"Ref": "A-1", "File": "CM26-1", "Pat. Name": "Ann", "Notes": 5, "State": "withdrawn"}
    for text in (table, json.dumps(row)):
        assignment = only(read(text, folder))
        assert (assignment.id, assignment.status) == ("A-1", "withdrawn")
        assert assignment.case.number == "CM26-1"
        assert assignment.case.parties.employee == "Ann"
        assert assignment.dropped == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[headings]\nRef = "asignment"\n', "'asignment' is not a known key, did you mean 'assig"),
        ("[heading]\n", "heading is not a known key, did you mean 'headings'"),
        ("[headings]\nRef = 5\n", "headings Ref must be text"),
        ("[headings\n", "is not valid TOML"),
    ],
)
def test_wrong_headings_of_the_site_are_refused(folder: Folder, text: str, says: str) -> None:
    (folder.path / ".imr").mkdir()
    (folder.path / ".imr" / "intake.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        read(ROWS, folder)


def test_the_state_of_an_address_is_not_guessed(folder: Folder) -> None:
    (row,) = read(json.dumps({**sent(1), "state": "withdrawn"}), folder)
    assert row.error.startswith("state is not a known key")


# The manual

PAGE = manual()["intake"]
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_files_of_the_manual_can_be_read(folder: Folder) -> None:
    objects = next(block for block in BLOCKS if block.startswith("{"))
    table = next(block for block in BLOCKS if block.startswith("assignment,"))
    headings = next(block for block in BLOCKS if block.startswith("[headings]"))
    assert [row.error for row in read(objects, folder)] == ["", ""]
    assert only(read(table, folder)).case.parties.providers == ("Dr. Sam Sample", "Sample Clinic")
    (folder.path / ".imr").mkdir()
    (folder.path / ".imr" / "intake.toml").write_text(headings)
    assert only(read(table, folder)).id == "A-118204"


def test_the_names_of_the_manual_are_known() -> None:
    rows = re.findall(r"^\| (.+?) \| .+ \|$", PAGE, re.MULTILINE)
    keys = [name for row in rows for name in re.findall(r"`([\w.]+)`", row) if "." in name]
    start, end = rows.index("Form IMR") + 2, rows.index("result")
    names = [name for row in rows[start:end] for name in re.split(", (?:or |with )?", row)]
    known = [name for name in names if name[:4] not in ("Item", "Orig", "Auth")]
    assert len(keys) > 12
    assert len(known) > 15
    assert [name for name in (*keys, *known) if path_of(name) is None] == []
