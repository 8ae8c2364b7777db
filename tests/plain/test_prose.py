"""Texts by numbered sentences: what each command makes of the case on the disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.plain.pages.decision import DecisionPage
from imr_tui.plain.pages.summary import SummaryPage
from imr_tui.store.cases.folder import Folder
from tests.builders import a_complete_case, an_item
from tests.plain.talking import Talk, put, talk

NOTE = "The knee hurts. Dr. Smith saw it.\n\nTherapy failed."


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case of two items and NOTE for a summary."""
    case = a_complete_case(2)
    return put(Folder(cases), case.but(summary=case.summary.but(text=NOTE)))


def at_summary(folder: Folder, *lines: str) -> Talk:
    return talk(folder, SummaryPage, *lines)


def test_the_text_is_read_by_numbers(folder: Folder) -> None:
    said = at_summary(folder, "p").said
    at = said.index("1. The knee hurts.")
    assert said[at : at + 4] == [
        "1. The knee hurts.",
        "2. Dr. Smith saw it.",
        "",
        "3. Therapy failed.",
    ]


def test_some_sentences_are_read(folder: Folder) -> None:
    said = at_summary(folder, "p 2-3").said
    assert "1. The knee hurts." not in said
    at = said.index("2. Dr. Smith saw it.")
    assert said[at : at + 3] == ["2. Dr. Smith saw it.", "", "3. Therapy failed."]


@pytest.mark.parametrize(
    ("lines", "text", "says"),
    [
        (
            ("i", "Surgery was done.", "", "It healed.", "."),
            f"{NOTE}\n\nSurgery was done.\n\nIt healed.",
            "2 sentences added. The summary has 5 sentences.",
        ),
        (
            ("s 2", "Dr. Jones saw it.", "."),
            NOTE.replace("Smith", "Jones"),
            "Sentence 2 was replaced. The summary has 3 sentences.",
        ),
        (
            ("s2 Dr. Jones saw it.",),
            NOTE.replace("Smith", "Jones"),
            "Sentence 2 was replaced. The summary has 3 sentences.",
        ),
        (
            ("s 2-3", "Nothing helped.", "."),
            "The knee hurts. Nothing helped.",
            "Sentences 2 to 3 were replaced. The summary has 2 sentences.",
        ),
        (
            ("s all", "One.", "Two.", "."),
            "One.\nTwo.",
            "The summary was replaced. The summary has 2 sentences.",
        ),
        (
            ("a 1", "It swells.", "."),
            NOTE.replace("hurts.", "hurts. It swells."),
            "1 sentence added. The summary has 4 sentences.",
        ),
        (("a 0 First.",), f"First. {NOTE}", "1 sentence added. The summary has 4 sentences."),
        (
            ("d 2",),
            "The knee hurts.\n\nTherapy failed.",
            "Deleted sentence 2; undo restores: Dr. Smith saw it.",
        ),
        (("d1-3",), "", "Deleted sentences 1 to 3; undo restores: The knee hurts."),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_changes_the_file_and_says_so(
    folder: Folder, lines: tuple[str, ...], text: str, says: str
) -> None:
    done = at_summary(folder, *lines)
    assert done.case.summary.text == text
    assert any(line.startswith(says) for line in done.said), done.output
    assert done.errors == []


@pytest.mark.parametrize(
    "lines", [("i", "One.", "Two.", "."), ("s 1", "One.", "Two.", "."), ("d 2",)]
)
def test_each_command_is_one_step_of_undo(folder: Folder, lines: tuple[str, ...]) -> None:
    assert at_summary(folder, *lines).case.summary.text != NOTE
    at_summary(folder, "s all " + NOTE.replace("\n", " "))
    before = at_summary(folder).case.summary.text
    assert at_summary(folder, *lines, "undo").case.summary.text == before


def test_two_texts_in_a_row_are_two_steps(folder: Folder) -> None:
    done = at_summary(folder, "i", "One.", ".", "i", "Two.", ".", "undo")
    assert done.case.summary.text == f"{NOTE}\n\nOne."


@pytest.mark.parametrize("lines", [("i", "."), ("s 2", "."), ("a 1", "", "."), ("s all", ".")])
def test_without_words_nothing_changes(folder: Folder, lines: tuple[str, ...]) -> None:
    done = at_summary(folder, *lines)
    assert done.case.summary.text == NOTE
    assert "Nothing was entered, so the summary stays as it is." in done.said
    assert at_summary(folder, *lines, "undo").output.count("There is nothing to undo.") == 1


@pytest.mark.parametrize("lines", [("s",), ("s 9", "Words.", "."), ("a x", "."), ("d",), ("p 4",)])
def test_a_number_that_names_nothing_is_an_error(folder: Folder, lines: tuple[str, ...]) -> None:
    done = at_summary(folder, *lines)
    assert done.case.summary.text == NOTE
    assert done.errors


@pytest.mark.parametrize("count", [1, 2, 3])
def test_input_that_ends_in_a_text_keeps_its_lines(folder: Folder, count: int) -> None:
    lines = ("One.", "", "Two.")[:count]
    assert at_summary(folder, "a 2", *lines).case.summary.text == NOTE.replace(
        "saw it.", f"saw it. {chr(10).join(lines)}"
    )


def test_lines_are_in_the_case_before_the_text_ends(folder: Folder) -> None:
    """What a killed session leaves: each line reaches the saver when it is entered."""
    seen: list[str] = []

    class Watched(SummaryPage):
        def __init__(self, session: object) -> None:
            super().__init__(session)  # type: ignore[arg-type]
            edit = self._session.edit

            def watched(*args: object, **named: object) -> bool:
                done = edit(*args, **named)  # type: ignore[arg-type]
                seen.append(self._session.case.summary.text)
                return done

            self._session.edit = watched  # type: ignore[method-assign]

    talk(folder, Watched, "s all", "One.", "Two.", ".")
    assert seen == ["One.", "One.\nTwo."]


def test_the_first_words_of_a_blank_text(folder: Folder) -> None:
    case = a_complete_case((an_item(rationale=" \n"),))
    put(folder, case)
    for command in ("i", "a", "a 0", "s all"):
        done = talk(folder, lambda session: DecisionPage(session, 0), command, "New.", ".")
        assert done.case.items[0].rationale == "New.", done.output
        put(folder, case)
    said = talk(folder, lambda session: DecisionPage(session, 0), "p", "d 1", "s 1").said
    assert "The rationale of item 1 is blank." in said


def test_a_rationale_has_the_same_commands(folder: Folder) -> None:
    done = talk(folder, lambda session: DecisionPage(session, 1), "s 1 It is not needed.")
    assert [each.rationale for each in done.case.items] == [
        "Massage is not medically necessary.",
        "It is not needed.",
    ]
    says = "Sentence 1 was replaced. The rationale of item 2 has 1 sentence."
    assert says in done.output


def test_nothing_changes_in_a_case_that_can_only_be_read(folder: Folder) -> None:
    def lock(session: object) -> None:
        session.read_only = "READ ONLY: another session has it."  # type: ignore[attr-defined]

    lines = ("i", "s 1", "a 1", "d 1", "e", "phrase not-necessary", "spelling", "p")
    done = talk(folder, SummaryPage, *lines, prepare=lock)
    assert done.errors == ["READ ONLY: another session has it."] * 7
    assert "1. The knee hurts." in done.output


def test_a_text_that_is_too_long_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.model.entered.MAX_PROSE", 60)
    done = at_summary(folder, "i", "Short.", "x" * 60, ".")
    assert done.case.summary.text == f"{NOTE}\n\nShort."
    assert len(done.errors) == 1


def test_a_failing_disk_is_an_error_and_the_text_stays(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CannotStore("The disk is full.")

    monkeypatch.setattr("imr_tui.store.config.phrase_files.write_account_file", fail)
    done = at_summary(folder, "keep 1 kept")
    assert done.errors == ["The disk is full. Nothing was kept."]


def test_the_editor_is_not_offered_when_restricted(folder: Folder) -> None:
    words: list[str] = []

    def restrict(session: object) -> None:
        session.host = replace(session.host, restricted=True)  # type: ignore[attr-defined]
        page = SummaryPage(session)  # type: ignore[arg-type]
        words.extend(each.word for each in page.commands())

    done = talk(folder, SummaryPage, "e", prepare=restrict)
    assert "e" not in words
    assert done.errors == ["There is no command e."]


def test_the_editor_needs_a_terminal(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    done = at_summary(folder, "e")
    assert done.errors == ["The editor needs a terminal. i, s and a take the text line by line."]
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR")
    assert at_summary(folder, "e").errors[0].startswith("No editor is set.")
    monkeypatch.setenv("EDITOR", "'")
    assert "unclosed quote" in at_summary(folder, "e").errors[0]
