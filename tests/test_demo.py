"""The demonstration: its case, its folder, and the mark on all that leaves it."""

import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.domain.demo_case import NUMBER, OPEN_ITEM, RIGHT, WRONG, demo_case
from imr_tui.domain.workflow import Stage, resume
from imr_tui.errors import NotReady
from imr_tui.letter.render.renderer import render, render_preview
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.services.check_case import check_case
from imr_tui.services.demo import demo_host, set_up_demo
from imr_tui.services.letter_pdf import pdf_of_letter
from imr_tui.services.signed_letter import marked_draft, without_mark
from imr_tui.store.audit.anchor import account_heads
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.demo_mark import MARK, mark_of
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.settings import load_settings
from imr_tui.store.maintenance.demo_folders import PREFIX, DemoFolder, remove_left_behind
from tests.builders import a_complete_case, names, saved
from tests.commands import Run, assert_refused
from tests.rows import each_row

TODAY = date(2026, 11, 23)
CONCLUSION = " Therefore, the MRI is medically necessary."
OLD = 60.0
"""Seconds after which a folder is not made just now."""


def finished(case: Case) -> Case:
    """The case as the tour leaves it."""
    text = case.items[OPEN_ITEM].rationale.replace(WRONG, RIGHT) + CONCLUSION
    case = edits.set_rationale(edits.set_decision(case, OPEN_ITEM, "overturned"), OPEN_ITEM, text)
    cited = case.items[OPEN_ITEM].but(citations=case.items[OPEN_ITEM].administrator_citations)
    return case.but(items=(*case.items[:OPEN_ITEM], cited))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def demo(temporary: Path) -> Iterator[DemoFolder]:
    """A demonstration that is going on."""
    made = set_up_demo(TODAY)
    yield made
    made.remove()


@pytest.fixture
def finished_case(demo: DemoFolder) -> Path:
    """The file of its case, as the tour leaves it."""
    (path,) = saved(demo.cases, finished(demo_case(TODAY)))
    return path


# The case


DAYS = [TODAY + timedelta(days=73 * count) for count in range(6)]


@each_row("today", [*DAYS, date(2028, 2, 29), date(2031, 1, 1)])
def test_the_case_has_the_findings_that_the_tour_is_about(today: date) -> None:
    case = demo_case(today)
    found = [each for each in check_case(case, CheckSetup(today=today)) if each.is_open]
    about = {(each.rule.id, each.place.item) for each in found}
    assert {item for _, item in about} == {OPEN_ITEM}
    assert "IMR308" in {rule for rule, _ in about}
    assert resume(case) == Stage("decision", OPEN_ITEM)


@each_row("today", [*DAYS, date(2028, 2, 29), date(2031, 1, 1)])
def test_the_tour_leaves_no_finding(today: date) -> None:
    case = finished(demo_case(today))
    found = check_case(case, CheckSetup(today=today))
    assert [f"{each.rule.id} {each.hit.message}" for each in found if each.is_open] == []


# The folder


def test_the_folder_is_private_and_removed_with_all_that_is_in_it(
    demo: DemoFolder, temporary: Path
) -> None:
    for path in (demo.place, demo.cases):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert open_case(demo.cases / f"{NUMBER}.toml").case == demo_case(TODAY)
    demo.remove()
    demo.remove()
    assert names(temporary) == []


def test_a_folder_that_cannot_be_filled_is_removed(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Folder, "new", refuse)
    with pytest.raises(KeyboardInterrupt):
        set_up_demo(TODAY)
    assert names(temporary) == []


def left_behind(temporary: Path, name: str, *, age: float = OLD) -> Path:
    """A folder of a demonstration whose process was killed so many seconds ago."""
    place = temporary / f"{PREFIX}{name}"
    (place / "cases").mkdir(mode=0o700, parents=True)
    then = place.stat().st_mtime - age
    os.utime(place, (then, then))
    return place


def test_the_next_start_removes_what_a_killed_one_left(temporary: Path, demo: DemoFolder) -> None:
    killed = left_behind(temporary, "killed")
    just_made = left_behind(temporary, "just-made", age=0)
    then = demo.place.stat().st_mtime - OLD
    os.utime(demo.place, (then, then))
    remove_left_behind()
    assert not killed.exists()
    assert just_made.exists()
    assert demo.place.exists()


def test_only_folders_of_demonstrations_are_removed(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}file").touch()
    foreign = left_behind(temporary, "foreign")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    remove_left_behind()
    assert elsewhere.exists()
    assert foreign.exists()
    assert (temporary / f"{PREFIX}file").exists()


def test_a_demonstration_uses_nothing_that_would_stay() -> None:
    host = Host(
        shared="host=example",
        rescue="/var/rescue",
        signers="/etc/signers",
        require_signature=True,
        log_to_syslog=True,
        idle_minutes=3,
    )
    assert demo_host(host) == Host(idle_minutes=3)


def test_the_head_of_its_log_is_noted_nowhere(finished_case: Path, run: Run) -> None:
    assert run("letter", finished_case, "-o", finished_case.with_suffix(".txt")).code == 0
    assert run("log", finished_case, "--dir", finished_case.parent).code == 0
    assert not account_heads(finished_case.parent).exists()


# The mark


def test_each_letter_begins_with_the_mark(finished_case: Path, run: Run) -> None:
    for words in (("letter",), ("letter", "--draft"), ("cover",), ("public",)):
        done = run(*words, finished_case)
        assert done.code == 0, done.err
        assert done.out.startswith(f"{MARK}\n\n"), words
        assert done.out.count(MARK) == 1


def test_the_mark_is_the_only_difference(finished_case: Path) -> None:
    case = open_case(finished_case).case
    letterhead = load_settings(Folder(finished_case.parent)).letterhead
    marked = render(case, letterhead)
    assert marked == f"{MARK}\n\n{render(case)}"
    assert render_preview(case, letterhead).text == marked


def test_a_folder_with_settings_keeps_the_mark(finished_case: Path) -> None:
    folder = Folder(finished_case.parent)
    folder.own("settings.toml").write_text('label = "SAMPLE"\n')
    letterhead = load_settings(folder).letterhead
    assert (letterhead.label, letterhead.mark) == ("SAMPLE", MARK)


def test_another_folder_has_no_mark(cases: Path) -> None:
    assert mark_of(cases) == ""
    assert load_settings(Folder(cases)).letterhead.mark == ""


def test_each_page_of_a_pdf_has_the_mark(finished_case: Path, tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    pytest.importorskip("pypdf")
    case = open_case(finished_case).case
    letterhead = load_settings(Folder(finished_case.parent)).letterhead
    path = tmp_path / "letter.pdf"
    long = edits.set_summary(case, "\n\n".join([case.summary.text] * 9))
    path.write_bytes(pdf_of_letter(render(long, letterhead), case.number))
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) > 1
    assert [text.count(MARK) for text in pages] == [1] * len(pages)


def test_a_draft_of_a_demonstration_has_both_marks() -> None:
    text, mark = without_mark(marked_draft(f"{MARK}\n\nThe letter.\n"))
    assert (text, mark) == ("The letter.\n", f"DRAFT - NOT SIGNED, {MARK}")


# Signing, and where it is refused


def test_nothing_in_a_demonstration_can_be_signed(finished_case: Path, run: Run) -> None:
    assert_refused(run("sign", finished_case), NotReady.exit_code, "This is a demonstration")
    assert open_case(finished_case).case.signature is None


def test_a_real_case_in_its_folder_cannot_be_signed_either(demo: DemoFolder, run: Run) -> None:
    (path,) = saved(demo.cases, a_complete_case())
    assert_refused(run("sign", path), NotReady.exit_code, "its letters say DEMO")


def test_without_a_terminal_nothing_is_created(run: Run, temporary: Path) -> None:
    assert_refused(run("demo"), 2, "needs a terminal that .* Nothing was created")
    assert names(temporary) == []


def test_a_restricted_login_has_no_demonstration(
    run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_refused(run("--restricted", "demo"), 2, "terminal|accepts only a folder")
    monkeypatch.setattr("imr_tui.cli.commands._is_restricted", lambda: True)
    assert_refused(run("demo"), 2, "`demo` is disabled")
    assert names(temporary) == []


def test_the_case_file_is_what_the_program_writes(demo: DemoFolder) -> None:
    assert (demo.cases / f"{NUMBER}.toml").read_bytes() == encode(demo_case(TODAY))
