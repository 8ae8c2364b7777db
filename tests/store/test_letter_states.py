"""The states of cases: draft, ready, written, and changed since the letter was written."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits
from imr_tui.model.case import Acknowledgement, Case, Parties
from imr_tui.services.check_case import check_case, load_setup
from imr_tui.services.write_letter import make_letter, write_letter, written_sentence
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.case_row import employee_as
from imr_tui.store.worklist.index import FILE
from imr_tui.store.worklist.listing import Listing, rows_of
from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import ordered
from tests.builders import NUMBER, a_complete_case, saved

SETUP = CheckSetup()
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a finished case and a blank one."""
    saved(cases, a_complete_case(), Case.blank("A"))
    return Folder(cases)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets an index trust what was written just now."""
    for module in ("case_files", "files_beside"):
        monkeypatch.setattr(f"imr_tui.store.worklist.{module}.RACY_NS", -3600 * 10**9)


def written(folder: Folder, case: Case | None = None) -> Path:
    """Write the letter of the case as `w` does."""
    case = case or a_complete_case()
    return write_letter(folder, case, make_letter(case, Letterhead(), SETUP), NOW)


def row(folder: Folder, number: str = NUMBER) -> Row:
    return next(row for row in rows_of(folder.path, SETUP) if row.number == number)


def test_a_case_is_a_draft_then_ready_then_written(folder: Folder) -> None:
    assert row(folder, "A").state == "draft"
    assert row(folder).state == "ready"
    written(folder)
    assert row(folder).state == "written"
    assert row(folder).shown_state(NOW) == "written 14:02"
    assert row(folder).shown_state(NOW + timedelta(days=1)) == "written 2026-11-29"


def test_another_text_of_the_case_or_of_the_file_is_a_change(folder: Folder) -> None:
    path = written(folder)
    before = path.read_bytes()
    path.write_bytes(before + b"By hand.\n")
    assert row(folder).state == "changed since written"
    path.write_bytes(before)
    assert row(folder).state == "written"
    changed = edits.set_summary(a_complete_case(), "Another summary.")
    saved(folder.path, changed)
    assert row(folder).state == "changed since written"
    saved(folder.path, a_complete_case())
    assert row(folder).state == "written"
    path.unlink()
    assert row(folder).state == "changed since written"


def test_only_what_the_letter_prints_counts(folder: Folder) -> None:
    written(folder)
    given = Acknowledgement(reason="Seen", digest="0" * 64, at=NOW)
    case = a_complete_case().but(
        parties=Parties(employer="Another"), acknowledged={"IMR206": given}
    )
    saved(folder.path, case)
    assert row(folder).state == "written"


def test_a_record_of_an_earlier_version_is_read(folder: Folder) -> None:
    written(folder)
    record = folder.own(f"letters/{NUMBER}.sha256")
    record.write_bytes(record.read_bytes().splitlines()[0])
    case = folder.path_of(NUMBER)
    os.utime(record, (1_000_000_000, 1_000_000_000))
    assert row(folder).state == "changed since written"
    os.utime(case, (900_000_000, 900_000_000))
    assert row(folder).state == "written"
    assert row(folder).written == "2001-09-09T01:46:40Z"


@pytest.mark.parametrize("data", [b"", b"x" * 64 + b"\nsoon\nx\n", b"\xff" * 64, b"x\n" * 9])
def test_a_record_that_cannot_be_read_is_none(folder: Folder, data: bytes) -> None:
    written(folder)
    folder.own(f"letters/{NUMBER}.sha256").write_bytes(data)
    assert row(folder).state == "ready"


def test_the_index_knows_when_the_letter_or_its_record_changed(
    folder: Folder, settled: None
) -> None:
    assert row(folder).state == "ready"
    path = written(folder)
    assert row(folder).state == "written"
    listing = Listing(folder.path, SETUP)
    listing.look()
    assert listing.waiting == 0
    time.sleep(0.02)
    path.write_bytes(b"By hand.\n")
    listing.look()
    assert listing.waiting == 1
    listing.read()
    assert {row.state for row in listing.rows()} == {"draft", "changed since written"}
    assert row(folder).state == "changed since written"
    folder.own(f"letters/{NUMBER}.sha256").unlink()
    assert row(folder).state == "ready"


def test_a_written_case_is_last_and_never_late(folder: Folder) -> None:
    late = a_complete_case()
    late = late.but(particulars=late.particulars.but(records_received=date(2014, 11, 20)))
    saved(folder.path, late)
    assert row(folder).near(date(2026, 11, 29)).endswith("d late")
    written(folder, late)
    rows = ordered(rows_of(folder.path, SETUP), "due", lambda name: 0)
    assert [each.number for each in rows] == ["A", NUMBER]
    assert rows[-1].near(date(2026, 11, 29)) == ""
    assert not rows[-1].is_late(date(2026, 11, 29))


def test_no_warning_about_the_due_date_once_the_letter_is_written(folder: Folder) -> None:
    late = a_complete_case()
    late = late.but(particulars=late.particulars.but(records_received=date(2014, 11, 20)))
    saved(folder.path, late)

    def rules() -> set[str]:
        setup = load_setup(folder, date(2026, 11, 29)).setup
        return {finding.rule.id for finding in check_case(late, setup)}

    assert "IMR601" in rules()
    written(folder, late)
    assert "IMR601" not in rules()


def test_review_says_when_the_letter_was_written(folder: Folder) -> None:
    case = a_complete_case()
    assert written_sentence(folder, case, NOW) == ""
    written(folder)
    assert written_sentence(folder, case, NOW) == f"Letter written 14:02 to {NUMBER}.txt."
    other = edits.set_summary(case, "Another summary.")
    assert written_sentence(folder, other, NOW) == "Changed since the letter was written 14:02."


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Doe, Jane", "JD"),
        ("Jane A. Doe", "JAD"),
        ("", ""),
        ("Cher", "C"),
        ("\u00c9mile", "\u00c9"),
    ],
)
def test_employees_are_named_by_initials(name: str, initials: str) -> None:
    assert employee_as("initials", name) == initials
    assert employee_as("full", name) == name
    assert employee_as("none", name) == ""


@pytest.mark.parametrize(
    ("names", "stored"), [("initials", "JD"), ("none", ""), ("full", "Doe, Jane")]
)
def test_the_index_stores_only_what_is_shown(folder: Folder, names: str, stored: str) -> None:
    saved(folder.path, a_complete_case().but(parties=Parties(employee="Doe, Jane")))
    folder.own("").mkdir(mode=0o700, exist_ok=True)
    folder.own("settings.toml").write_text(f"employee_names = {json.dumps(names)}\n")
    found = rows_of(folder.path, SETUP, names)  # type: ignore[arg-type]
    assert next(each.employee for each in found if each.number == NUMBER) == stored
    assert ("Jane" in folder.own(FILE).read_text()) == (names == "full")
