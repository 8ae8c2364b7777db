"""The folder of cases: its worklist, new cases, letters, settings, the profile, intakes."""

import io
import json
import os
import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from imr_tui.errors import BadInput, CannotStore, Conflict
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case, Item
from imr_tui.store.cases import intake
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.profile import load_profile, save_profile
from imr_tui.store.config.settings import load_settings
from tests.builders import NUMBER, a_case, a_complete_case, names, saved
from tests.strategies import cases as any_cases

pytestmark = pytest.mark.process


def case_named(number: str) -> Case:
    return Case.blank(number)


def own(folder: Path, name: str, text: str) -> Path:
    """A file of the program's own in `folder`, written by hand."""
    (folder / ".imr").mkdir(mode=0o700, exist_ok=True)
    path = folder / ".imr" / name
    path.write_text(text)
    return path


# The worklist


def test_entries_are_the_cases_by_name(cases: Path) -> None:
    saved(cases, case_named("B"), case_named("a"), case_named("C.1"))
    entries = list(Folder(cases).entries())
    assert [entry.number for entry in entries] == ["B", "C.1", "a"]
    assert [entry.case for entry in entries] == [case_named(name) for name in ("B", "C.1", "a")]
    assert {entry.problem for entry in entries} == {""}


def test_an_empty_folder_has_no_entries(cases: Path) -> None:
    assert list(Folder(cases).entries()) == []


def test_broken_files_stand_among_the_good_ones(cases: Path) -> None:
    saved(cases, case_named("A"), case_named("Z"))
    (cases / "B.toml").write_text("not toml")
    (cases / "C.toml").symlink_to("A.toml")
    (cases / "D.toml").mkdir(mode=0o700)
    os.mkfifo(cases / "E.toml")
    (cases / "F.toml").write_bytes(encode(case_named("G")))
    entries = list(Folder(cases).entries())
    assert [entry.number for entry in entries] == list("ABCDEFZ")
    for entry in entries[1:-1]:
        assert entry.case is None
        assert entry.problem.startswith(str(entry.path))
        assert entry.problem.endswith(".")
    assert entries[-1].case == case_named("Z")


def test_other_files_are_passed_over(cases: Path) -> None:
    saved(cases, case_named("A"))
    for name in ("A.txt", ".hidden.toml", "A.toml~", "A.TOML.bak", ".A.toml.1.ab.tmp", "notes"):
        (cases / name).write_text("x")
    assert [entry.number for entry in Folder(cases).entries()] == ["A"]


def test_a_folder_that_is_none_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStore, match=r"There is no folder .*none\. Create it: `mkdir -m 700 "):
        list(Folder(tmp_path / "none").entries())
    with pytest.raises(CannotStore, match=r"file is not a folder\."):
        list(Folder(tmp_path / "file").entries())


@pytest.mark.parametrize("number", ["", "..", "../x", "a/b", "A\n", "A.", "x" * 41])
def test_what_is_no_number_is_not_opened(cases: Path, number: str) -> None:
    with pytest.raises(BadInput, match=r"is not a case number\. Example: CM14-0187654"):
        Folder(cases).open(number)
    with pytest.raises(BadInput):
        Folder(cases).write_letter(number, "")


def test_open(cases: Path) -> None:
    saved(cases, a_complete_case())
    opened = Folder(cases).open(NUMBER)
    assert opened.case == a_complete_case()
    assert opened.path == cases / f"{NUMBER}.toml"


# New cases


def test_new_writes_the_case(cases: Path) -> None:
    path = Folder(cases).new(a_complete_case())
    assert path == cases / f"{NUMBER}.toml"
    assert open_case(path).case == a_complete_case()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", ["CM14-0187654", "cm14-0187654", "Cm14-0187654"])
def test_new_refuses_a_number_that_is_taken(cases: Path, number: str) -> None:
    (path,) = saved(cases, case_named("CM14-0187654"))
    before = path.read_bytes()
    with pytest.raises(Conflict, match=r"CM14-0187654\.toml already exists"):
        Folder(cases).new(case_named(number))
    assert path.read_bytes() == before
    assert names(cases) == [path.name]


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("none")])
def test_new_refuses_what_a_broken_file_takes(cases: Path, make: Any) -> None:
    make(cases / f"{NUMBER}.toml")
    with pytest.raises(Conflict):
        Folder(cases).new(a_case())


def test_new_never_replaces_a_file_that_came_meanwhile(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.store.cases.folder.taken", lambda folder, number: iter(()))
    (path,) = saved(cases, a_complete_case())
    with pytest.raises(Conflict):
        Folder(cases).new(a_case())
    assert open_case(path).case == a_complete_case()


def test_new_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotStore, match="There is no folder"):
        Folder(tmp_path / "none").new(a_case())


def test_a_letter_stands_beside_its_case(cases: Path) -> None:
    path = Folder(cases).write_letter(NUMBER, "letter\n")
    assert path == cases / f"{NUMBER}.txt"
    assert path.read_bytes() == b"letter\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_is_writable_leaves_nothing(cases: Path) -> None:
    assert Folder(cases).is_writable()
    assert names(cases / ".imr") == []
    assert not Folder(cases / "none").is_writable()
    (cases / "other").mkdir(mode=0o700)
    (cases / "other" / ".imr").write_text("in the way")
    assert not Folder(cases / "other").is_writable()


# Settings and the profile


def test_without_settings_the_letterhead_is_the_default(cases: Path) -> None:
    assert load_settings(Folder(cases)).letterhead == Letterhead()


def test_settings(cases: Path) -> None:
    (cases / ".imr").mkdir(mode=0o700)
    (cases / ".imr" / "mine").mkdir(mode=0o700)
    own(
        cases,
        "settings.toml",
        'organization = "Sample Review"\nlabel = "SAMPLE"\ntemplates = "mine"\nwidth = 80\n',
    )
    mine = cases / ".imr" / "mine"
    assert load_settings(Folder(cases)).letterhead == Letterhead(
        "Sample Review", "SAMPLE", mine, 80
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("widht = 80", r"settings\.toml, line 1: widht is not a known key, did you mean 'width'"),
        ("width = '80'", "line 1: width must be a whole number"),
        ("\nwidth = 59", "line 2: width is not valid"),
        ("width = 201", "width is not valid"),
        ("width = true", "width must be a whole number"),
        ("templates = 'none'", "templates: the folder .*none cannot be used"),
        ("width", "is not valid TOML"),
    ],
)
def test_broken_settings_are_refused(cases: Path, text: str, says: str) -> None:
    own(cases, "settings.toml", text)
    with pytest.raises(BadInput, match=says):
        load_settings(Folder(cases))


def test_the_profile(cases: Path) -> None:
    folder = Folder(cases)
    assert load_profile(folder) is None
    profile = Profile(licenses=("Texas", "Ohio"), specialties=("Neurology",))
    save_profile(folder, profile)
    assert load_profile(folder) == profile
    path = account_folder(cases) / "profile.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nome = 'x'", r"profile\.toml, line 1: nome is not a known key"),
        ("licenses = 'Texas'", "line 1: licenses must be a list"),
        ("licenses = [", "is not valid TOML"),
    ],
)
def test_a_broken_profile_is_refused(cases: Path, text: str, says: str) -> None:
    own(cases, "profile.toml", text)
    with pytest.raises(BadInput, match=says):
        load_profile(Folder(cases))


# Intakes

INTAKE: dict[str, Any] = {
    "case": {"number": NUMBER, "date_of_injury": "2013-10-23"},
    "parties": {"employee": "Sample Worker"},
    "records": [{"kind": "imaging", "from": "2014-10-14"}],
    "items": [{"request": "MRI"}, {"request": "6 sessions", "follows": 1}],
}
INTAKE_TOML = f"""\
[case]
number = "{NUMBER}"
date_of_injury = 2013-10-23
[parties]
employee = "Sample Worker"
[[records]]
kind = "imaging"
from = 2014-10-14
[[items]]
request = "MRI"
[[items]]
request = "6 sessions"
follows = 1
"""


@pytest.mark.parametrize(
    "text",
    [json.dumps(INTAKE), f"\n {json.dumps(INTAKE)}", INTAKE_TOML],
    ids=["JSON", "JSON after a blank line", "TOML"],
)
def test_an_intake_is_json_or_toml(tmp_path: Path, text: str) -> None:
    path = tmp_path / "intake"
    path.write_text(text)
    case = intake.case_of(intake.read(str(path))[0], "intake")
    assert case.number == NUMBER
    assert case.particulars.date_of_injury == date(2013, 10, 23)
    assert case.records[0].from_ == date(2014, 10, 14)
    assert case.items == (Item(request="MRI"), Item(request="6 sessions", follows=1))


def test_an_intake_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(INTAKE).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    tables, note = intake.read("-")
    assert (tables["case"]["date_of_injury"], tables["items"], note) == (
        date(2013, 10, 23),
        INTAKE["items"],
        "",
    )


@pytest.mark.parametrize("text", [json.dumps(INTAKE), INTAKE_TOML], ids=["JSON", "TOML"])
def test_an_intake_may_begin_with_a_byte_order_mark(tmp_path: Path, text: str) -> None:
    path = tmp_path / "intake"
    path.write_text(text, encoding="utf-8-sig")
    assert intake.case_of(intake.read(str(path))[0], "intake").number == NUMBER


def test_an_intake_that_is_too_large_is_refused_and_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = b"schema = 1\n"
    monkeypatch.setattr(intake, "MAX_BYTES", len(lines))
    data = lines + INTAKE_TOML.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises((BadInput, CannotStore)):
        intake.read("-")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "is not valid JSON"),
        (b'{"a": 1,}', "is not valid JSON"),
        (b'{"a": "\xe9"}', "is not UTF-8: byte 7 is 0xe9"),
        (b'{"a": ' + b"[" * 100_000, "is nested too deeply"),
        (b"[1, 2]", "is a JSON list of 2 entries"),
        (b"number", "is not valid TOML"),
    ],
)
def test_a_broken_intake_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "intake"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=f"{path} {says}"):
        intake.read(str(path))


def test_a_missing_intake_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CannotStore, match="could not be read: no such file"):
        intake.read(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"sumary": {}}, "here: sumary is not a known key, did you mean 'summary'"),
        ({"case": {"nmber": "A"}}, "case nmber is not a known key, did you mean 'number'"),
        ({"case": {"date_of_injury": "23.10.2013"}}, "case date_of_injury is not valid"),
        ({"items": [{"follows": "1"}]}, "items 1 follows must be a whole number"),
        ({"items": [{"decision": "denied"}]}, "items 1 decision must be 'upheld' or 'overturned'"),
        ({"items": 5}, "items must be a list"),
        ({"case": 5}, "case must be a table"),
        ({"summary": {"text": "\ud800"}}, "No case was created"),
        ({"schema": 2}, "schema 2"),
    ],
)
def test_an_intake_that_makes_no_case_is_refused(tables: dict[str, Any], says: str) -> None:
    whole = {"case": {"number": NUMBER}} | tables
    with pytest.raises(BadInput) as caught:
        intake.case_of(whole, "here")
    assert says in str(caught.value)
    assert str(caught.value).endswith("No case was created.")


@given(any_cases())
def test_a_case_file_is_an_intake(case: Case) -> None:
    tables = json.loads(case.model_dump_json(by_alias=True))
    assert intake.case_of(tables, "here") == case
