"""Importing letters: nothing is written before a letter was compared with that of its case."""

from pathlib import Path
from typing import Any, NoReturn

import pytest

from imr_tui.errors import BadInput
from imr_tui.letter.extract.pdf_text import PdfTexts
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.render.renderer import render
from imr_tui.services import import_letters as service
from imr_tui.services.import_letters import Options, read_and_compare
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.holder import Holder
from tests.builders import NUMBER, a_case, a_complete_case, names, saved
from tests.commands import Run


def quiet(*_: object) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / f"{NUMBER}.txt"
    path.write_text(render(a_complete_case(2)))
    return path


def test_a_folder_stands_for_its_letters(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.pdf", "c.md"):
        (tmp_path / name).touch()
    found = list(service.documents(["-", str(tmp_path), "gone.txt"]))
    assert found == ["-", str(tmp_path / "a.pdf"), str(tmp_path / "b.TXT"), "gone.txt"]


def test_a_letter_is_written_as_a_case(cases: Path, letter: Path) -> None:
    (imported,) = service.import_letters([str(letter)], Folder(cases), quiet)
    assert imported.error is None
    assert imported.letter is not None
    assert imported.letter.comparison.is_equal
    assert Folder(cases).open(NUMBER).case == imported.letter.case


def test_without_a_folder_nothing_is_written(cases: Path, letter: Path) -> None:
    (imported,) = service.import_letters([str(letter)], None, quiet)
    assert imported.letter is not None
    assert names(cases) == []


def test_reading_reports_the_words_that_do_not_come_back_and_writes_nothing(
    cases: Path, letter: Path
) -> None:
    letter.write_text(letter.read_text().replace("Services sent", "Services mailed"))
    with PdfTexts() as pdfs:
        read = read_and_compare(str(letter), pdfs)
    assert (read.comparison.lost, read.comparison.added) == (("mailed",), ("sent",))
    assert names(cases) == []
    read.store(Folder(cases))
    assert f"{NUMBER}.toml" in names(cases)


def test_the_letter_is_compared_before_its_case_is_written(
    cases: Path, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = []

    def watched(*arguments: Any) -> Any:
        there.append(names(cases))
        return compare(*arguments)

    monkeypatch.setattr(service, "compare", watched)
    service.import_letters([str(letter)], Folder(cases), quiet)
    assert there == [[]]
    assert f"{NUMBER}.toml" in names(cases)


def refuse(*_: object, **__: object) -> NoReturn:
    raise BadInput("The letter of this case cannot be made.")


@pytest.mark.process
@pytest.mark.parametrize("options", [(), ("--replace",)])
def test_a_case_without_a_letter_is_not_written(
    run: Run, cases: Path, letter: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    kept = saved(cases, a_case())[0].read_bytes() if options else None
    monkeypatch.setattr("imr_tui.letter.parse.round_trip.render", refuse)
    done = run("import", "--folder", cases, *options, letter)
    assert (done.code, done.out) == (3, "")
    assert "The letter of this case cannot be made." in done.err
    assert "0 of 1 letters imported" in done.err
    path = cases / f"{NUMBER}.toml"
    assert (path.read_bytes() if path.exists() else None) == kept


def test_one_failure_does_not_stop_the_others(cases: Path, letter: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Dear Sir,")
    sources = [str(tmp_path / "other.txt"), str(letter), str(letter)]
    failed, imported, again = service.import_letters(sources, Folder(cases), quiet)
    assert (failed.letter, again.letter) == (None, None)
    assert "is not an IMR determination letter" in str(failed.error)
    assert "already exists. It was not changed" in str(again.error)
    assert imported.letter is not None


def test_a_case_is_only_replaced_for_a_session(cases: Path, letter: Path) -> None:
    saved(cases, a_case())
    options = Options(replaced_by=Holder(who="drjane"))
    (imported,) = service.import_letters([str(letter)], Folder(cases), quiet, options)
    assert imported.error is None
    assert Folder(cases).open(NUMBER).case.particulars.imported
