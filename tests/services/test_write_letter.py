"""Letters: checked before they are rendered, and written only where a letter may be."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import TEMPLATE, render
from imr_tui.model.case import Summary
from imr_tui.services.open_case import resolve_case
from imr_tui.services.write_letter import (
    Letter,
    export_letter,
    letter_of,
    make_letter,
    render_letter,
    write_letter,
)
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_case, a_complete_case, saved

DAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 14, 2, tzinfo=UTC)


def rules(letter: Letter) -> set[str]:
    return {finding.rule.id for finding in letter.errors}


def test_a_complete_case_has_a_letter() -> None:
    made = make_letter(a_complete_case(), Letterhead(), CheckSetup())
    assert made == Letter(render(a_complete_case()))


def test_an_error_blocks_the_letter() -> None:
    made = make_letter(a_case(), Letterhead(), CheckSetup())
    assert made.text == ""
    assert "IMR101" in rules(made)


def test_a_draft_is_not_checked() -> None:
    made = make_letter(a_case(), Letterhead(), None)
    assert made == Letter(render(a_case(), draft=True))
    assert made.text == render_letter(a_case(), Letterhead(), draft=True)


def test_the_settings_and_the_reviewer_of_the_folder_count(cases: Path) -> None:
    own = cases / ".imr"
    own.mkdir(mode=0o700)
    (own / "settings.toml").write_text("width = 70\n")
    (path,) = saved(cases, a_complete_case())
    made = letter_of(resolve_case(path), DAY)
    assert made.text == render(a_complete_case(), Letterhead(width=70))
    assert letter_of(resolve_case(path), DAY, width=120).text == render(
        a_complete_case(), Letterhead(width=120)
    )
    (own / "profile.toml").write_text('name = "Robin Sample"\n')
    named = a_complete_case(summary=Summary(text="Robin Sample saw this 54 year old man."))
    saved(cases, named)
    assert "IMR502" in rules(letter_of(resolve_case(path), DAY))
    assert letter_of(resolve_case(path), DAY, draft=True).errors == ()


def test_a_template_may_be_given(cases: Path, tmp_path: Path) -> None:
    target = resolve_case(saved(cases, a_complete_case())[0])
    (tmp_path / TEMPLATE).write_text("Short.")
    assert letter_of(target, DAY, template=tmp_path).text == "Short.\n"
    with pytest.raises(BadInput, match="is not a folder"):
        letter_of(target, DAY, template=tmp_path / TEMPLATE)


def test_it_is_written_beside_its_case(cases: Path) -> None:
    path = write_letter(Folder(cases), a_complete_case(), Letter("The letter.\n"), NOW)
    assert path == cases / f"{NUMBER}.txt"
    assert path.read_text() == "The letter.\n"


def test_it_is_exported_over_an_older_one_and_over_nothing_else(cases: Path) -> None:
    (case,) = saved(cases, a_case())
    before = case.read_bytes()
    path = cases / "letter.txt"
    for text in ("one\n", "two\n"):
        export_letter(path, Letter(text))
        assert path.read_text() == text
    (cases / "link.txt").symlink_to(path)
    for refused in (case, cases / ".imr" / "letter.txt", cases / "link.txt", cases):
        with pytest.raises(BadInput, match="Nothing was written there"):
            export_letter(refused, Letter("three\n"))
    assert (case.read_bytes(), path.read_text()) == (before, "two\n")
