"""The letter of an earlier case: the signed one, else the letter file, else that of the case."""

from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import render
from imr_tui.services.earlier_letter import EarlierLetter, earlier_letter, has_letter
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_complete_case, saved
from tests.sealing import seal


def read(folder: Path, number: str = NUMBER) -> EarlierLetter:
    return earlier_letter(Folder(folder), number, Letterhead(), lambda: False)


def test_the_sealed_letter_is_shown_whatever_lies_beside_it(cases: Path) -> None:
    seal(cases, a_complete_case(), letter=b"The signed letter.\n")
    (cases / f"{NUMBER}.toml").unlink()
    (cases / f"{NUMBER}.txt").write_text("Another letter.\n")
    assert has_letter(Folder(cases), NUMBER)
    found = read(cases)
    assert (found.preview.text, found.source) == ("The signed letter.\n", "signed letter")


def test_the_newest_revision_is_shown_in_the_paragraphs_of_its_case(cases: Path) -> None:
    signed = seal(cases, a_complete_case(), letter=b"The first letter.\n")
    seal(cases, signed.unsigned(), revision=2)
    found = read(cases)
    assert found.preview.text == render(signed.unsigned(), Letterhead())
    assert found.preview.width == Letterhead().width


def test_a_sealed_letter_that_was_changed_is_not_shown(cases: Path) -> None:
    seal(cases, a_complete_case())
    (cases / f".imr/signed/{NUMBER}/1/letter.txt").write_text("Changed.\n")
    with pytest.raises(BadInput, match="The sealed letter was changed"):
        read(cases)


@pytest.mark.parametrize("case_file", ["", "broken", "good"])
def test_a_letter_file_is_shown_as_it_is(cases: Path, case_file: str) -> None:
    (cases / f"{NUMBER}.txt").write_text("A letter\x1b[31m of 2013, naïve.\n", encoding="utf-8")
    if case_file == "good":
        saved(cases, a_complete_case())
    elif case_file:
        (cases / f"{NUMBER}.toml").write_text("[case\n")
    found = read(cases)
    assert found.source == "letter file"
    assert "of 2013, naïve." in found.preview.text
    assert "\x1b" not in found.preview.text


def test_a_case_without_a_letter_is_shown_as_a_draft(cases: Path) -> None:
    saved(cases, a_complete_case())
    assert read(cases).source == "case file"


def test_a_case_that_is_not_there_is_said(cases: Path) -> None:
    assert not has_letter(Folder(cases), "CM13-0012345")
    with pytest.raises(BadInput, match=r"Neither a letter nor a case CM13-0012345 is in"):
        read(cases, "CM13-0012345")
