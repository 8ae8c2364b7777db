"""The worklist's states of cases that are signed, being corrected, or changed since."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.worklist.index import FILE
from imr_tui.store.worklist.listing import Listing, rows_of
from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import FOLDED, ordered, visible
from tests.builders import NUMBER, a_complete_case, saved
from tests.sealing import AT, correct, seal

SETUP = CheckSetup()
LATE = date(2014, 1, 1)
SEALED = ("case.toml", "letter.txt", "manifest", "reviewer.sig")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets an index trust what was written just now."""
    for module in ("case_files", "files_beside"):
        monkeypatch.setattr(f"imr_tui.store.worklist.{module}.RACY_NS", -3600 * 10**9)


def row(folder: Path, number: str = NUMBER) -> Row:
    return next(row for row in rows_of(folder, SETUP) if row.number == number)


def a_late_case() -> Case:
    case = a_complete_case()
    return case.but(particulars=case.particulars.but(records_received=LATE))


def test_a_signed_case_says_when_and_is_never_late(cases: Path) -> None:
    saved(cases, a_late_case())
    assert row(cases).is_late(AT.date())
    seal(cases, a_late_case())
    found = row(cases)
    assert (found.state, found.problem) == ("signed", "")
    assert found.shown_state(AT) == "signed 14:02"
    assert found.shown_state(AT + timedelta(days=1)) == "signed 2026-11-29"
    assert found.shown_state(AT + timedelta(days=1), is_brief=True) == "signed 11/29"
    assert not found.is_late(AT.date())
    assert found.near(AT.date()) == ""


def test_a_change_of_a_signed_case_is_seen_and_said(cases: Path) -> None:
    signed = seal(cases, a_late_case())
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(path.read_bytes().replace(b"54 year", b"55 year"))
    found = row(cases)
    assert found.state == "altered"
    assert found.problem.startswith(f"{path} was signed. The case file was changed")
    assert found.rank == 2
    path.write_bytes(encode(signed))
    assert row(cases).state == "signed"


def test_a_correction_is_open_work_that_is_not_late(cases: Path) -> None:
    correct(cases, seal(cases, a_late_case()))
    found = row(cases)
    assert (found.state, found.rank) == ("correcting", 0)
    assert not found.is_late(AT.date())


def test_a_removed_signature_is_seen(cases: Path) -> None:
    signed = seal(cases, a_complete_case())
    (cases / f"{NUMBER}.toml").write_bytes(encode(signed.unsigned()))
    assert row(cases).state == "altered"


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.usefixtures("settled")
def test_the_index_notices_a_change_of_each_sealed_file(cases: Path, name: str) -> None:
    seal(cases, a_complete_case())
    assert row(cases).state == "signed"
    path = cases / ".imr" / "signed" / NUMBER / "1" / name
    before = path.read_bytes()
    path.unlink()
    assert row(cases).state == "altered"
    path.write_bytes(before)
    assert row(cases).state == "signed"


@pytest.mark.usefixtures("settled")
def test_the_index_notices_a_later_revision_and_missing_copies(cases: Path) -> None:
    signed = seal(cases, a_complete_case())
    first = (cases / f"{NUMBER}.toml").read_bytes()
    assert row(cases).state == "signed"
    seal(cases, signed.unsigned(), AT + timedelta(days=1), revision=2)
    assert row(cases).state == "signed"
    (cases / f"{NUMBER}.toml").write_bytes(first)
    assert row(cases).state == "altered"
    shutil.rmtree(cases / ".imr" / "signed")
    assert row(cases).state == "altered"
    (cases / f"{NUMBER}.toml").write_bytes(encode(signed.unsigned()))
    assert row(cases).state == "ready"


@pytest.mark.usefixtures("settled")
def test_an_unchanged_signed_case_is_not_read_again(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A decision in the future is read again, whatever the clock of the machine says.
    seal(cases, a_complete_case(), datetime(2014, 11, 29, tzinfo=UTC))
    saved(cases, Case.blank("A"))
    before = rows_of(cases, SETUP)
    assert (cases / ".imr" / FILE).exists()
    monkeypatch.setattr("imr_tui.store.worklist.listing.read_bytes", None)
    assert rows_of(cases, SETUP) == before


def test_what_was_signed_a_moment_ago_is_looked_at_again(cases: Path) -> None:
    seal(cases, a_complete_case())
    listing = Listing(cases, SETUP)
    listing.look()
    listing.read()
    listing.look()
    assert listing.waiting == 1


def test_signed_cases_stand_last_and_are_folded(cases: Path) -> None:
    for count in range(FOLDED):
        case = a_complete_case()
        number = f"CM26-000001{count}"
        seal(cases, case.but(particulars=case.particulars.but(number=number)))
    saved(cases, Case.blank("A"))
    rows = ordered(rows_of(cases, SETUP), "due", lambda name: 0)
    assert rows[0].number == "A"
    shown, folded = visible(rows, "", date(2026, 11, 30), shows_written=False)
    assert ([row.number for row in shown], folded) == (["A"], FOLDED)


def test_of_signed_and_written_cases_the_last_one_comes_first(cases: Path) -> None:
    for day, number in ((27, "CM26-0000011"), (29, "CM26-0000012"), (28, "CM26-0000013")):
        case = a_complete_case()
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        seal(cases, case.but(particulars=case.particulars.but(number=number)), at)
    rows = ordered(rows_of(cases, SETUP), "due", lambda name: 0)
    assert [row.number[-1] for row in rows] == ["2", "3", "1"]
