"""`imr-tui letter --pdf`: where the PDF of a letter is written, and which letter it is."""

import io
import subprocess
import sys
from pathlib import Path

import click
import pytest

from imr_tui.cli.output import require_pipe
from imr_tui.letter.pdf.document import pdf_of
from imr_tui.letter.render.renderer import render
from imr_tui.services.letter_pdf import write_letter_pdf
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from tests.builders import NUMBER, a_case, a_complete_case, names, saved
from tests.commands import Run, assert_refused
from tests.sealing import seal

pytestmark = pytest.mark.process

pytest.importorskip("reportlab", reason="PDFs need imr-tui[pdf]")

LETTER = render(a_complete_case())


@pytest.fixture
def path(cases: Path) -> Path:
    """A case whose letter can be written."""
    (path,) = saved(cases, a_complete_case())
    return path


def events(cases: Path) -> list[str]:
    return [each.event for each in AuditLog(cases).events()]


def originals(cases: Path) -> list[bytes]:
    place = cases / ".imr" / "originals"
    return [each.read_bytes() for each in place.iterdir()] if place.is_dir() else []


def test_a_pdf_is_written_and_recorded(run: Run, path: Path, tmp_path: Path) -> None:
    done = run("letter", path, "--pdf", tmp_path / "out.pdf")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "out.pdf").read_bytes() == pdf_of(LETTER, NUMBER)
    assert events(path.parent) == ["exported"]
    assert not Folder(path.parent).is_written(NUMBER)


def test_text_and_pdf_can_be_written_together(run: Run, path: Path, tmp_path: Path) -> None:
    assert run("letter", path, "--pdf", tmp_path / "out.pdf", "-o", "-").out == LETTER
    own = path.with_suffix(".txt")
    assert run("letter", path, "--pdf", path.with_suffix(".pdf"), "-o", own).code == 0
    assert own.read_text() == LETTER
    assert path.with_suffix(".pdf").read_bytes() == pdf_of(LETTER, NUMBER)
    assert events(path.parent) == ["exported", "exported", "letter written"]


def test_an_error_blocks_it(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_case())
    done = run("letter", path, "--pdf", tmp_path / "out.pdf")
    assert done.code == 1
    assert "block the letter" in done.err
    assert not (tmp_path / "out.pdf").exists()
    assert run("letter", path, "--pdf", tmp_path / "out.pdf", "--draft").code == 0
    draft = pdf_of(render(a_case(), draft=True), NUMBER, mark="DRAFT")
    assert (tmp_path / "out.pdf").read_bytes() == draft


def test_it_never_replaces_a_case_or_follows_a_link(run: Run, path: Path) -> None:
    before = path.read_bytes()
    assert_refused(run("letter", path, "--pdf", path), 3, "has the name of a case file")
    link = path.with_name("link.pdf")
    link.symlink_to(path)
    done = run("letter", path, "--pdf", link)
    assert_refused(done, 3, "not a regular file")
    path.with_suffix(".pdf").symlink_to(path)
    assert_refused(run("letter", path, "--pdf", path.with_suffix(".pdf")), 4, "is a link")
    assert path.read_bytes() == before
    assert events(path.parent) == []


def test_a_file_of_another_program_is_kept(run: Run, path: Path) -> None:
    own = path.with_suffix(".pdf")
    own.write_bytes(b"%PDF of somebody else")
    for letter in ("One.\n", "Two.\n"):
        assert write_letter_pdf(path.parent, NUMBER, letter, is_draft=False) == own
    assert run("letter", path, "--pdf", own).code == 0
    assert own.read_bytes() == pdf_of(LETTER, NUMBER)
    assert originals(path.parent) == [b"%PDF of somebody else"]
    # The worklist does not take it for the letter.
    assert not Folder(path.parent).is_written(NUMBER)


def test_that_of_a_signed_case_is_the_sealed_letter(
    run: Run, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "imr_tui.cli.commands.letter.load_host", lambda: Host(require_signature=True)
    )
    seal(cases, a_complete_case(), letter=b"The sealed letter.\n")
    for option in ((), ("--draft",)):
        out = tmp_path / f"out{len(option)}.pdf"
        assert run("letter", cases / f"{NUMBER}.toml", "--pdf", out, *option).code == 0
        assert out.read_bytes() == pdf_of("The sealed letter.\n", NUMBER)


def test_where_a_signature_is_required_each_page_says_that_there_is_none(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "imr_tui.cli.commands.letter.load_host", lambda: Host(require_signature=True)
    )
    assert run("letter", path, "--pdf", path.with_suffix(".pdf")).code == 0
    draft = pdf_of(LETTER, NUMBER, mark="DRAFT - NOT SIGNED")
    assert path.with_suffix(".pdf").read_bytes() == draft
    assert write_letter_pdf(path.parent, NUMBER, LETTER, is_draft=True).read_bytes() == draft
    assert f"{NUMBER}-draft.pdf" in names(path.parent)


@pytest.mark.slow
def test_it_goes_through_a_pipe(path: Path) -> None:
    command = [sys.executable, "-m", "imr_tui", "letter", str(path), "--pdf", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == pdf_of(LETTER, NUMBER)
    assert events(path.parent) == ["exported"]


def test_standard_output_takes_one_file(run: Run, path: Path) -> None:
    done = run("letter", path, "--pdf", "-", "-o", "-")
    assert_refused(done, 2, "either the letter or the file of --pdf -")


def test_no_file_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    require_pipe("--pdf -")
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(click.UsageError, match="Use a pipe"):
        require_pipe("--pdf -")
