"""`imr-tui new --from`: one assignment of the organization, as `imr-tui intake` reads it."""

import codecs
from datetime import date
from pathlib import Path

import pytest

from imr_tui.model.case import Item
from imr_tui.store.cases.case_file import open_case
from tests.builders import NUMBER, names
from tests.commands import Run, assert_refused

TABLE = (
    "Case Number,Employee First Name,Employee Last Name,Date of Injury,Phone,Item 1,Item 2\n"
    f'{NUMBER},Ann,Sample,3/4/2024,555-0100,"MRI, right shoulder",=1+1\n'
)
OBJECT = """{"Case Number": "CM26-0000009",
    "employee": {"first_name": "Ann", "last_name": "Sample"},
    "Date of Injury": 45355, "Phone": "555-0100", "items": ["MRI, right shoulder", "=1+1"]}"""
SENT = {
    "table": TABLE.encode(),
    "table with a mark": TABLE.encode("utf-8-sig"),
    "table in UTF-16": codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
    "table with a delimiter line": b"sep=,\r\n" + TABLE.encode(),
    "object": OBJECT.encode(),
    "list": f"[{OBJECT}]".encode(),
}


@pytest.mark.parametrize("name", SENT)
def test_one_assignment_becomes_a_case(run: Run, cases: Path, name: str) -> None:
    done = run("new", NUMBER, cases, "--from", "-", stdin=SENT[name])
    assert (done.code, done.out) == (0, f"{cases / NUMBER}.toml\n")
    assert done.err.endswith("Not kept: telephone.\n")
    case = open_case(cases / f"{NUMBER}.toml").case
    assert case.particulars.date_of_injury == date(2024, 3, 4)
    assert case.parties.employee == "Ann Sample"
    assert case.items == (Item(request="MRI, right shoulder"), Item(request="=1+1"))


REFUSED = {
    "two rows": (TABLE + TABLE.split("\n")[1], "is a table of 2 rows, but `imr-tui new`"),
    "no row": (TABLE.split("\n")[0], "is a table of 0 rows"),
    "half a row": (TABLE.split("\n")[0] + "\nA,B", "line 2: The row has 2 cells"),
    "heading": (f"x,{TABLE}", "line 1: the heading 'x' is not a known key"),
    "date": (TABLE.replace("3/4/2024", "13/4/2024"), "There is no month 13"),
    "status": ('{"status": "withdrawn"}', "the status is withdrawn, so there is nothing to review"),
    "key": ('{"Case Nmber": "A"}', "Case Nmber is not a known key, did you mean"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_another_file_makes_no_case(run: Run, cases: Path, name: str) -> None:
    data, says = REFUSED[name]
    done = run("new", NUMBER, cases, "--from", "-", stdin=data.encode())
    assert_refused(done, 3, rf"standard input.*{says}.*No case was created\.\n$")
    assert names(cases) == []


def test_the_headings_of_the_site_count(run: Run, cases: Path) -> None:
    (cases / ".imr").mkdir(mode=0o700)
    (cases / ".imr" / "intake.toml").write_text('[headings]\nPat = "parties.employee"\n')
    assert run("new", NUMBER, cases, "--from", "-", stdin=b"Pat\nAnn\n").code == 0
    assert open_case(cases / f"{NUMBER}.toml").case.parties.employee == "Ann"


def test_toml_that_looks_like_a_heading_stays_toml(run: Run, cases: Path) -> None:
    assert run("new", NUMBER, cases, "--from", "-", stdin=b"items = []\n").code == 0
