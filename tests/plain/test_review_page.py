"""Review in plain mode: findings one at a time, accepted and withdrawn; the letter and its PDF."""

from pathlib import Path

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.plain.command import Command, Page
from imr_tui.plain.letter_page import LINES
from imr_tui.plain.pages.review import ReviewPage
from imr_tui.plain.session import PlainSession
from imr_tui.services.check_case import check_case, load_setup
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from tests.builders import NOW, NUMBER, a_complete_case
from tests.plain.talking import put, talk

WARNS = "This 54 year old man was injured. He is 45 years old."


class Shown:
    """Stands for the page of a stage."""

    def __init__(self, stage: Stage) -> None:
        self.title = f"Page of {stage.name}"

    def lines(self) -> list[str]:
        return []

    def prompt(self) -> str:
        return self.title

    def commands(self) -> list[Command]:
        return []


def review(session: PlainSession) -> Page:
    return ReviewPage(session, Shown)


def saying(session: PlainSession) -> None:
    session.console.say(*review(session).lines())


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case whose summary has warnings."""
    return put(Folder(cases), edits.set_summary(a_complete_case(), WARNS))


def expected(folder: Folder) -> list[str]:
    """The ids of the findings to resolve, in the order of the app."""
    from imr_tui.checks.next_finding import to_resolve

    case = folder.open(NUMBER).case
    found = check_case(case, load_setup(folder, NOW.date()).setup)
    return [each.rule.id for each in to_resolve(found)]


def test_findings_are_named_one_at_a_time_in_the_order_of_the_app(folder: Folder) -> None:
    rules = expected(folder)
    assert len(rules) > 1
    done = talk(folder, review, *["f"] * len(rules))
    named = [line.partition("Finding ")[2] for line in done.said if "Finding " in line]
    assert [line.split()[3] for line in named] == rules
    assert named[0].startswith(f"1 of {len(rules)}: ")


def test_a_finding_is_named_by_number_with_its_place(folder: Folder) -> None:
    done = talk(folder, review, "f 1", "explain", "list")
    assert "summary: This 54 year old man was injured." in done.output
    assert "Why: " in done.output
    assert "\n3. IMR303 warning  Age of the worker" in done.output


def test_a_warning_is_accepted_with_a_reason_and_the_acceptance_withdrawn(folder: Folder) -> None:
    before = expected(folder)
    done = talk(folder, review, "f", "a", "The record says both.")
    (given,) = done.case.acknowledged.values()
    assert given.reason == "The record says both."
    assert len(expected(folder)) < len(before)
    last = len(check_case(done.case, load_setup(folder, NOW.date()).setup))
    again = talk(folder, review, f"x {last}")
    assert again.errors == []
    assert expected(folder) == before


def test_without_a_reason_nothing_is_accepted(folder: Folder) -> None:
    done = talk(folder, review, "f", "a", "")
    assert not done.case.acknowledged
    assert "Nothing was changed." in done.said


def test_an_error_cannot_be_accepted_and_blocks_the_letter(folder: Folder) -> None:
    put(folder, edits.set_decision(a_complete_case(), 0, None))
    done = talk(folder, review, "f", "a", "w", "pdf", prepare=saying)
    assert done.errors == [
        "Only a warning can be accepted; an error must be fixed.",
        "An error blocks the letter. f names it.",
        "An error blocks the letter. f names it.",
    ]
    assert "1 error blocks the letter. f names the next one." in done.output
    assert not (folder.path / f"{NUMBER}.txt").exists()


def test_go_leads_to_the_page_of_the_text(folder: Folder) -> None:
    done = talk(folder, review, "f", "go")
    assert done.page.title == "Page of Summary"


# ── The letter ───────────────────────────────────────────────────────────────────────────────


def letter(folder: Folder) -> str:
    return render(folder.open(NUMBER).case, Letterhead())


def test_the_letter_is_written_after_a_question_about_warnings(folder: Folder) -> None:
    done = talk(folder, review, "w", "n")
    assert "No letter was written." in done.said
    assert not (folder.path / f"{NUMBER}.txt").exists()
    done = talk(folder, review, "w", "y")
    assert f"Letter written 09:30 to {NUMBER}.txt." in done.output
    assert (folder.path / f"{NUMBER}.txt").read_text(encoding="ascii") == letter(folder)


def test_the_pdf_is_written(folder: Folder) -> None:
    done = talk(folder, review, "pdf", "y")
    assert f"The PDF of the letter is in {NUMBER}.pdf." in done.output
    assert (folder.path / f"{NUMBER}.pdf").read_bytes().startswith(b"%PDF")


def test_where_a_signature_is_required_a_draft_is_written(folder: Folder) -> None:
    done = talk(folder, review, "w", "y", host=Host(require_signature=True))
    assert f"Draft written 09:30 to {NUMBER}-draft.txt." in done.output
    assert not (folder.path / f"{NUMBER}.txt").exists()


def test_the_letter_is_read_line_by_line_as_it_is_written(folder: Folder) -> None:
    lines = letter(folder).splitlines()
    pages = -(-len(lines) // LINES)
    done = talk(folder, review, "l", *["m"] * pages, "all")
    assert done.output.endswith(f"Letter: {chr(10)}{letter(folder)}Letter: {chr(10)}")
    assert f"Lines {LINES + 1} to {len(lines)} of {len(lines)}." in done.output
    assert done.errors == ["The letter ends here."]


def test_a_line_of_the_letter_is_found_by_number_and_by_words(folder: Folder) -> None:
    lines = letter(folder).splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "CLINICAL CASE SUMMARY" in line)
    done = talk(folder, review, "l", "f clinical case summary", "g 1", "g 0", "f zzqx", "p", "b")
    assert f"Lines {at} to " in done.output
    assert len(done.errors) == 2
    assert done.page.title == "Review"


def test_a_draft_marks_what_is_missing(folder: Folder) -> None:
    put(folder, edits.set_decision(a_complete_case(), 0, None))
    done = talk(folder, review, "l", "all")
    assert "missing]" in done.output
