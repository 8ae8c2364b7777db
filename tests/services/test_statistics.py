"""What the statistics count of a folder: sealed texts, written letters, accounts and warnings."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.model.case import Acknowledgement, Case
from imr_tui.services.check_case import load_setup
from imr_tui.services.statistics import read_folder
from imr_tui.store.audit import log
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.signing.unfinished import Unfinished, begin
from tests.builders import NOW, NUMBER, a_case, a_complete_case, an_item, saved
from tests.sealing import AT, correct, seal


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "cases"
    path.mkdir(mode=0o700)
    return path


def outcomes(folder: Path) -> list[str]:
    """The outcomes of all counted items."""
    return [item.outcome for case in read_folder(folder, UTC).cases for item in case.items]


def numbered(number: str, case: Case) -> Case:
    return case.but(particulars=case.particulars.but(number=number))


def overturned() -> Case:
    return a_complete_case(items=(an_item("MRI of the neck", decision="overturned"),))


def test_a_draft_is_not_counted_even_with_decisions(place: Path) -> None:
    saved(place, a_complete_case(2))
    read = read_folder(place, UTC)
    assert (read.cases, read.unfinished, read.problems) == ((), 1, ())


def test_a_written_letter_counts_on_the_day_it_was_written_in_the_zone(place: Path) -> None:
    case = a_complete_case(2)
    saved(place, case)
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    Folder(place).write_letter(NUMBER, "The letter.\n", case, late)
    assert read_folder(place, UTC).cases[0].written == date(2026, 11, 23)
    east = timezone(timedelta(hours=2))
    assert read_folder(place, east).cases[0].written == date(2026, 11, 24)


def test_an_imported_letter_counts_from_its_decision_date(place: Path) -> None:
    case = a_complete_case()
    dates = case.particulars.but(imported=True, decision_date=date(2017, 3, 2))
    undated = numbered("CM26-2", case.but(particulars=dates.but(decision_date=None)))
    saved(place, case.but(particulars=dates), undated)
    assert [each.written for each in read_folder(place, UTC).cases] == [date(2017, 3, 2), None]


def test_the_sealed_text_counts_also_if_the_file_was_changed_since(place: Path) -> None:
    signed = seal(place, overturned())
    assert outcomes(place) == ["overturned"]
    changed = signed.but(items=(an_item(decision="upheld"), an_item()))
    (place / f"{NUMBER}.toml").write_bytes(encode(changed))
    assert outcomes(place) == ["overturned"]
    (place / f"{NUMBER}.toml").write_bytes(b"not a case\n")
    assert outcomes(place) == ["overturned"]
    assert read_folder(place, UTC).cases[0].written == AT.date()


def test_the_sealed_text_counts_while_a_case_is_corrected(place: Path) -> None:
    signed = seal(place, overturned())
    correct(place, signed.but(items=(an_item(decision="upheld"),)))
    assert outcomes(place) == ["overturned"]


def test_the_last_revision_counts(place: Path) -> None:
    seal(place, overturned())
    seal(place, a_complete_case(2), AT + timedelta(days=3), revision=2)
    assert outcomes(place) == ["upheld", "upheld"]
    assert read_folder(place, UTC).cases[0].written == AT.date() + timedelta(days=3)


def test_an_unfinished_signature_does_not_count(place: Path) -> None:
    signed = seal(place, overturned())
    begin(place, Unfinished(NUMBER, "signed", 1, "0" * 64))
    assert outcomes(place) == ["overturned"]
    (place / f"{NUMBER}.toml").write_bytes(encode(signed.unsigned()))
    read = read_folder(place, UTC)
    assert (read.cases, read.unfinished) == ((), 1)


def test_a_sealed_copy_that_was_changed_is_a_problem_and_not_counted(place: Path) -> None:
    seal(place, overturned())
    path = place / ".imr" / "signed" / NUMBER / "1" / "case.toml"
    path.write_bytes(path.read_bytes().replace(b"overturned", b"upheld"))
    read = read_folder(place, UTC)
    assert read.cases == ()
    assert read.problems == ("The sealed copy of the case was changed.",)


def test_a_broken_file_is_a_problem_and_the_others_are_counted(place: Path) -> None:
    (place / "CM26-1.toml").write_text("schema = 1\n[case\n")
    seal(place, overturned())
    read = read_folder(place, UTC)
    assert len(read.cases) == 1
    assert "CM26-1.toml" in read.problems[0]


def test_a_copy_under_another_name_is_a_problem_and_not_counted_twice(place: Path) -> None:
    case = a_complete_case()
    [path] = saved(place, case.but(particulars=case.particulars.but(imported=True)))
    (place / "copy.toml").write_bytes(path.read_bytes())
    read = read_folder(place, UTC)
    assert len(read.cases) == 1
    assert "copy.toml is not named after the case number" in read.problems[0]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStore, match="There is no folder"):
        read_folder(tmp_path / "none")


def test_the_account_is_that_of_the_last_signature_or_letter(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(place, a_complete_case(reviewer=a_complete_case().reviewer))
    seal(place, numbered("CM26-2", a_complete_case()))
    audit = log.AuditLog(place)
    for account, event in [
        ("first", "letter written"),
        ("second", "signed"),
        ("clerk", "exported"),
        ("third", "opened"),
    ]:
        monkeypatch.setattr(log, "account_name", lambda account=account: account)
        signer = "dr@example.org" if event == "signed" else ""
        audit.append(NUMBER, event, now=NOW, signer=signer)  # type: ignore[arg-type]
    read = read_folder(place, UTC)
    assert {each.number: each.account for each in read.cases} == {
        NUMBER: "second",
        "CM26-2": "unknown",
    }


def test_warnings_are_those_of_a_check_and_the_accepted_ones(place: Path) -> None:
    accepted = Acknowledgement(reason="It is right.", digest="0" * 64, at=NOW)
    case = a_complete_case(acknowledged={"IMR999-1": accepted, "IMR305-1": accepted})
    saved(place, case)
    Folder(place).write_letter(NUMBER, "The letter.\n", case, NOW)
    assert read_folder(place, UTC).cases[0].warned == ()
    setup = load_setup(Folder(place), NOW.date()).setup
    warned = read_folder(place, UTC, setup).cases[0].warned
    assert ("IMR999", 0) in warned
    named = [each.rule for each in warned if each.rule.startswith("IMR305")]
    assert len(named) == 1
    assert " " in named[0]
    assert len(warned) == len(set(warned)) > 2


def test_it_ends_when_it_is_stopped(place: Path) -> None:
    saved(place, a_case(), numbered("CM26-2", a_case()))
    answers = iter((True, False))
    read = read_folder(place, UTC, goes_on=lambda: next(answers))
    assert read.unfinished == 1
