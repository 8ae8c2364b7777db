"""Citing in plain mode: search, form, order, copies, and the reasons that go with a source."""

from pathlib import Path

import pytest

from imr_tui.domain.citation_text import words
from imr_tui.model.evidence import Citation
from imr_tui.plain.command import Page
from imr_tui.plain.pages.citations import CitationsPage
from imr_tui.plain.session import PlainSession
from imr_tui.store.cases.drafts import load_drafts
from imr_tui.store.cases.folder import Folder
from tests.builders import MTUS, NUMBER, OTHER, a_complete_case, an_item
from tests.plain.talking import put, talk

STUDY = Citation(kind="study", authors="Sample A, et al", title="A study", journal="J Sample")
TEXT = Citation(kind="text", text="A synthetic guide to massage")


def first(session: PlainSession) -> Page:
    return CitationsPage(session, 0)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case of two items: one cites nothing, the other the MTUS."""
    bare = an_item("Shoulder surgery", citations=(), administrator_citations=(OTHER, STUDY))
    return put(Folder(cases), a_complete_case((bare, an_item("Massage", citations=(MTUS,)))))


def cited(folder: Folder) -> tuple[Citation, ...]:
    return folder.open(NUMBER).case.items[0].citations


def printed(folder: Folder) -> list[str]:
    return [words(each) for each in cited(folder)]


# ── Adding ───────────────────────────────────────────────────────────────────────────────────


def test_a_guideline_is_found_by_words_and_cited_by_its_number(folder: Folder) -> None:
    done = talk(folder, first, "a shoulder 2023", "1", "Rotator Cuff Tears", ".", "d")
    (citation,) = done.case.items[0].citations
    assert (citation.guideline, citation.sections) == (
        "mtus-2023-shoulder",
        ("Rotator Cuff Tears",),
    )
    assert "Prints: Decision based on MTUS Shoulder Disorders" in done.output
    assert "Added: Shoulder Disorders 2023, Section(s): Rotator Cuff Tears." in done.said
    assert done.errors == []


def test_the_search_is_repeated_with_other_words(folder: Folder) -> None:
    done = talk(folder, first, "a", "neck", "shoulder 2023", "1", ".", "d")
    assert [each.guideline for each in done.case.items[0].citations] == ["mtus-2023-shoulder"]


def test_a_search_can_be_left(folder: Folder) -> None:
    done = talk(folder, first, "a shoulder", "")
    assert "Nothing was cited." in done.said
    assert done.case.items[0].citations == ()


def test_words_of_no_catalogue_are_cited_as_they_are(folder: Folder) -> None:
    done = talk(folder, first, "a zzqx guide", "1", ".", "d", "")
    (citation,) = done.case.items[0].citations
    assert (citation.sort, citation.text) == ("text", "zzqx guide")
    assert "Why not the MTUS? (8 CCR 9792.21.1)" in done.said


def test_a_complaint_is_an_error_and_the_field_is_asked_again(folder: Folder) -> None:
    lines = (
        "a zzqx",
        "3",
        "Doe J",
        "A study of shoulders",
        "J Sample",
        "20x6",
        "2016",
        ".",
        "d",
        "",
    )
    done = talk(folder, first, *lines)
    assert done.errors == ["Not a year. Try 2016."]
    (citation,) = done.case.items[0].citations
    assert (citation.sort, citation.year, citation.journal) == ("study", 2016, "J Sample")


def test_headings_of_a_guideline_are_offered_for_a_part_of_one(folder: Folder) -> None:
    done = talk(folder, first, "a chronic pain 2016", "1", "acetamin", "1", ".", "d")
    (citation,) = done.case.items[0].citations
    assert "1. Acetaminophen (APAP)" in done.said
    assert citation.sections == ("Acetaminophen (APAP)",)


def test_a_heading_that_is_typed_in_full_is_not_asked_about(folder: Folder) -> None:
    done = talk(folder, first, "a chronic pain 2016", "1", "Acetaminophen (APAP)", ".", "d")
    assert done.case.items[0].citations[0].sections == ("Acetaminophen (APAP)",)


def test_a_question_mark_lists_the_headings(folder: Folder) -> None:
    done = talk(folder, first, "a chronic pain 2016", "1", "? acetamin", "1", ".", "d")
    (section,) = done.case.items[0].citations[0].sections
    assert section == "Acetaminophen (APAP)"


def test_what_was_typed_is_kept_until_the_citation_is_done(folder: Folder) -> None:
    left = talk(folder, first, "a shoulder 2023", "1", "Rotator Cuff Tears", ".", "b")
    assert left.case.items[0].citations == ()
    assert "Not added. What you typed is kept; a offers it again." in left.said
    assert "Rotator Cuff Tears" in str(load_drafts(folder.path, NUMBER))
    again = talk(folder, first, "a", "1", ".", "d")
    assert "1. Continue, not added yet: Shoulder Disorders" in again.output
    assert again.case.items[0].citations[0].sections == ("Rotator Cuff Tears",)
    assert load_drafts(folder.path, NUMBER) == {}


def test_the_input_may_end_in_the_middle_of_a_form(folder: Folder) -> None:
    talk(folder, first, "a shoulder 2023", "1", "Rotator Cuff Tears")
    assert "Rotator Cuff Tears" in str(load_drafts(folder.path, NUMBER))


def test_start_over_and_the_next_kind(folder: Folder) -> None:
    done = talk(folder, first, "a shoulder 2023", "1", "Typed", ".", "g", "k", "d", "")
    (citation,) = done.case.items[0].citations
    assert citation.sections == ()
    assert citation.sort == "guideline"


# ── The list ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def three(folder: Folder) -> Folder:
    """The first item cites three sources."""
    item = an_item("Shoulder surgery", citations=(MTUS, TEXT, STUDY), departure="silent")
    return put(folder, a_complete_case((item, an_item("Massage"))))


def saying(session: PlainSession) -> None:
    session.console.say(*first(session).lines())


def test_the_page_says_both_lists_and_what_they_print(three: Folder) -> None:
    said = talk(three, first, prepare=saying).output
    assert "Item 1 of 2: Shoulder surgery\nYou cite:\n1. standard A, Chronic Pain" in said
    assert "\n2. standard C, A synthetic guide to massage\n" in said
    assert "\nPrints: Decision based on MTUS Chronic Pain Treatment Guidelines" in said
    assert "\nAdministrator cited: nothing.\n" in said


def test_citations_are_edited_moved_and_removed_by_number(three: Folder) -> None:
    done = talk(three, first, "e2", "Another guide", ".", "d", "up 2", "d 3", "undo", "down 2")
    assert done.errors == []
    assert printed(three) == ["Another guide", printed(three)[1], printed(three)[2]]
    assert [each.sort for each in cited(three)] == ["text", "study", "mtus"]
    assert "Citation 2 is citation 1 now." in done.said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("d", "Type the number of the citation after the command, 1 to 3."),
        ("d 4", "Type the number of the citation after the command, 1 to 3."),
        ("up 1", "The citation is at the end of the list already."),
        ("none", "This item cites a guideline. Remove it first, with d."),
        ("x", "Both sides must cite a source before you can weigh the evidence."),
    ],
)
def test_what_cannot_be_done_is_an_error(three: Folder, line: str, says: str) -> None:
    before = cited(three)
    assert talk(three, first, line).errors == [says]
    assert cited(three) == before


def test_the_commands_act_on_the_administrators_list_after_o(three: Folder) -> None:
    done = talk(three, first, "o", "a zzqx", "1", ".", "d", "o", "d 1")
    item = done.case.items[0]
    assert [each.text for each in item.administrator_citations] == ["zzqx"]
    assert [each.sort for each in item.citations] == ["text", "study"]
    assert "Citations of item 1, Shoulder surgery, the administrator's list: " in done.output
    # Only what the reviewer cites needs a reason.
    assert "Why not the MTUS" not in done.output


def test_citations_are_copied_from_the_other_side(folder: Folder) -> None:
    done = talk(folder, first, "c", "3", "")
    assert done.case.items[0].citations == (OTHER, STUDY)
    assert "3. Item 1, administrator: all 2" in done.said


def test_nothing_is_left_to_copy(cases: Path) -> None:
    folder = put(Folder(cases), a_complete_case((an_item(citations=()),)))
    assert talk(folder, first, "c").errors == ["This case has no other citations yet."]


# ── Reasons ──────────────────────────────────────────────────────────────────────────────────


def test_a_reason_to_cite_nothing_is_given_and_taken_back(folder: Folder) -> None:
    given = talk(folder, first, "none", "The request names no condition.")
    assert given.case.items[0].uncited == "The request names no condition."
    assert talk(folder, first, "none", "").case.items[0].uncited
    assert talk(folder, first, "none", "-").case.items[0].uncited == ""


def test_the_reason_for_leaving_the_mtus_goes_into_the_rationale(three: Folder) -> None:
    done = talk(three, first, "m", "2", "It is rebutted here.", "2")
    item = done.case.items[0]
    assert item.departure == "rebutted"
    assert item.rationale.startswith("It is rebutted here. Massage")


def test_the_reason_can_wait(folder: Folder) -> None:
    done = talk(folder, first, "a zzqx", "1", ".", "d", "")
    assert done.case.items[0].departure == "unexplained"
    assert "The rationale does not say why the MTUS does not decide. m asks again." in done.said


def test_only_other_sources_need_a_reason(folder: Folder) -> None:
    done = talk(folder, lambda session: CitationsPage(session, 1), "m")
    assert done.errors == ["You cite only the MTUS, so no reason is needed."]


# ── Weighing ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def conflict(folder: Folder) -> Folder:
    """Both sides of the first item cite."""
    item = an_item("Shoulder surgery", citations=(MTUS,), administrator_citations=(OTHER,))
    return put(folder, a_complete_case((item,)))


def test_evidence_is_weighed_and_its_paragraph_added(conflict: Folder) -> None:
    answers = ("Does surgery help?", "1", "", "", "1", "", "9", "1b", "1a", "2")
    done = talk(conflict, first, "x", "f", *answers, "t")
    weighed = done.case.items[0].weighing
    assert weighed is not None
    assert (weighed.administrator_level, weighed.reviewer_level, weighed.prevails) == (
        "1b",
        "1a",
        "reviewer",
    )
    assert done.errors == ["Not a level. The levels are 1a, 1b, 1c, 2, 3, 4, 5."]
    assert "The sources cited differ on this question: Does surgery help?" in (
        done.case.items[0].rationale
    )


def test_a_single_field_is_weighed_again(conflict: Folder) -> None:
    done = talk(conflict, first, "x", "t", "e 1", "Is it needed?", "b", "x")
    weighed = done.case.items[0].weighing
    assert weighed is not None
    assert weighed.question == "Is it needed?"
    assert done.errors == ["Nothing is weighed yet."]
