"""Case numbers that are taken: by a file's name, by what is in it, by more than one file."""

import shutil
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.errors import CannotStore, Conflict
from imr_tui.model.case import Case, Summary
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.worklist import case_numbers
from imr_tui.store.worklist.listing import rows_of
from tests.builders import NUMBER, a_case, a_complete_case, names, saved

pytestmark = pytest.mark.process

COPY = f"{NUMBER} copy.toml"


@pytest.fixture
def copied(cases: Path) -> Path:
    """A case, and the copy of it that a file browser makes."""
    (path,) = saved(cases, a_complete_case())
    shutil.copy(path, cases / COPY)
    return cases


@pytest.mark.parametrize("indexed", [False, True])
def test_a_duplicate_is_told_with_both_files(copied: Path, indexed: bool) -> None:
    if indexed:
        rows_of(copied, CheckSetup())
    for number in (NUMBER, NUMBER.lower()):
        says = Folder(copied).duplicate_of(number)
        assert f"{NUMBER}.toml" in says
        assert COPY in says
        assert "Remove one, or change its number" in says
        assert says.endswith("Until then they are read-only.")
    assert Folder(copied).duplicate_of("A") == ""


def test_a_number_in_other_case_is_the_same(cases: Path) -> None:
    saved(cases, Case.blank("CM14-1"), Case.blank("cm14-1"), Case.blank("CM14-11"))
    assert "cm14-1.toml" in Folder(cases).duplicate_of("CM14-1")
    assert Folder(cases).duplicate_of("CM14-11") == ""


def test_a_number_in_a_text_is_not_held(cases: Path) -> None:
    saved(cases, a_case(), Case.blank("A").but(summary=Summary(text=f"As in {NUMBER}.")))
    assert Folder(cases).duplicate_of(NUMBER) == ""


@pytest.mark.parametrize("spelled", ['"CM14-\\u0031"', '"""\nCM14-\\\n  1"""', "'CM14-1'"])
def test_a_number_is_found_however_it_is_spelled(cases: Path, spelled: str) -> None:
    saved(cases, Case.blank("CM14-1"))
    (cases / "other.toml").write_text(f"schema = 1\n[case]\nnumber = {spelled}\n")
    assert "other.toml" in Folder(cases).duplicate_of("CM14-1")


def test_a_file_that_is_no_case_holds_no_number(cases: Path) -> None:
    saved(cases, a_case())
    (cases / COPY).write_text(f"schema = 1\n[case]\nnumber = '{NUMBER}'\nnumbre = 1\n")
    (cases / "link.toml").symlink_to(f"{NUMBER}.toml")
    assert Folder(cases).duplicate_of(NUMBER) == ""


def test_a_new_case_does_not_take_a_number_that_a_copy_holds(copied: Path) -> None:
    (copied / f"{NUMBER}.toml").unlink()
    before = (copied / COPY).read_bytes()
    with pytest.raises(Conflict, match=rf"{COPY} already has this case number"):
        Folder(copied).new(a_case())
    assert names(copied) == [COPY]
    assert (copied / COPY).read_bytes() == before


def test_neither_of_two_files_is_superseded(copied: Path) -> None:
    before = {path: path.read_bytes() for path in copied.iterdir()}
    with pytest.raises(Conflict, match="has the same case number as"):
        Folder(copied).supersede(a_case(), Holder())
    assert {path: path.read_bytes() for path in copied.iterdir()} == before


def test_few_files_are_parsed_to_find_a_number(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(cases, *(Case.blank(f"CM26-{n}") for n in range(50)))
    parsed: list[Path] = []

    def decode(data: bytes, path: Path) -> Case:
        parsed.append(path)
        return Case.blank("CM26-7")

    monkeypatch.setattr(case_numbers, "decode", decode)
    assert list(case_numbers.holders(cases, "CM26-7")) == ["CM26-7.toml"]
    assert parsed == [cases / "CM26-7.toml"]


def test_its_own_file_is_not_parsed_to_find_another(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(cases, *(Case.blank(f"CM26-{n}") for n in range(3)))

    def decode(data: bytes, path: Path) -> Case:
        raise AssertionError(path)

    monkeypatch.setattr(case_numbers, "decode", decode)
    assert case_numbers.duplicate_of(cases, "CM26-1") == ""


def test_what_changed_since_it_was_indexed_is_read(copied: Path) -> None:
    rows_of(copied, CheckSetup())
    (copied / COPY).write_bytes(encode(Case.blank("A")))
    assert Folder(copied).duplicate_of(NUMBER) == ""


def test_a_folder_that_is_none_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CannotStore, match="There is no folder"):
        Folder(tmp_path / "none").duplicate_of("A")
