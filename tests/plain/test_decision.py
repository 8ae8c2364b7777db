"""The pages of a case besides its texts: decisions, credentials, items, the record, finding."""

from datetime import date
from pathlib import Path

import pytest

from imr_tui.model.case import Case, Record
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.plain.command import Page
from imr_tui.plain.facts_commands import facts_commands
from imr_tui.plain.find_commands import find_commands
from imr_tui.plain.items_page import ItemsPage
from imr_tui.plain.pages.credentials import CredentialsPage
from imr_tui.plain.pages.decision import DecisionPage
from imr_tui.plain.pages.summary import SummaryPage
from imr_tui.plain.record_page import RecordPage
from imr_tui.plain.session import PlainSession
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import load_profile, save_profile
from tests.builders import MTUS, NUMBER, a_complete_case, an_item
from tests.plain.talking import MakePage, Talk, put, talk

SURGERY = "Right knee arthroscopy with partial medial meniscectomy"
UNIT = "Associated surgical service: Cold therapy unit, 7 day rental"
OLD = "CM13-0000009"


def item(index: int = 0) -> MakePage:
    return lambda session: DecisionPage(session, index)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case of surgery and a cold unit, neither of them decided."""
    blank = {"decision": None, "rationale": "", "citations": ()}
    items = (an_item(SURGERY, **blank), an_item(UNIT, **blank))
    return put(Folder(cases), a_complete_case(items))


# ── Decisions ────────────────────────────────────────────────────────────────────────────────


def test_the_prompt_names_the_request(folder: Folder) -> None:
    said = talk(folder, item()).output
    assert f"Decision of item 1, {SURGERY}: " in said


@pytest.mark.parametrize(
    ("lines", "decision", "says"),
    [
        (("u",), "upheld", "Item 1 is upheld."),
        (("o",), "overturned", "Item 1 is overturned."),
        (("u", "x"), None, "Item 1 is open again."),
        (("u", "o", "undo"), "upheld", "Undone: item 1 decision, now Upheld (redo redoes)"),
        (("U", "u"), "upheld", "Item 1 is upheld already."),
    ],
)
def test_a_decision_is_one_letter(
    folder: Folder, lines: tuple[str, ...], decision: str | None, says: str
) -> None:
    done = talk(folder, item(), *lines)
    assert done.case.items[0].decision == decision
    assert says in done.said, done.output


def test_an_item_is_decided_like_the_one_that_it_follows(folder: Folder) -> None:
    assert talk(folder, item(0), "like").errors == [
        "This item follows no other. request asks for the item it follows."
    ]
    assert talk(folder, item(1), "like").errors == [
        "Item 1, which this item follows, has no decision yet."
    ]
    talk(folder, item(0), "u")
    done = talk(folder, item(1), "like", "like")
    second = done.case.items[1]
    assert (second.decision, second.follows) == ("upheld", 1)
    assert second.rationale.endswith(f"the request for {UNIT} is not medically necessary.")
    assert "This item is now upheld like item 1; undo restores." in done.said
    assert "This item is already upheld like item 1." in done.said
    undone = talk(folder, item(1), "x", "s all Other.", "like", "undo").case.items[1]
    assert (undone.decision, undone.rationale) == (None, "Other.")


def test_the_request_is_asked_for_line_by_line(folder: Folder) -> None:
    lines = ("request", "Cold unit", "Cold unit, 14 days", "Cold unit, 7 days", "9", "1", "2/30/26")
    done = talk(folder, item(1), *lines, "2/3/26")
    second = done.case.items[1]
    assert (second.request, second.original, second.authorized) == (
        "Cold unit",
        "Cold unit, 14 days",
        "Cold unit, 7 days",
    )
    assert (second.follows, second.date_of_service) == (1, date(2026, 2, 3))
    assert done.errors == [
        "Type the number of another item, 1 to 2.",
        "February 2026 has only 28 days.",
    ]
    assert "Date of service is now 2026-02-03." in done.said


def test_blank_keeps_a_hyphen_clears_and_a_full_stop_ends(folder: Folder) -> None:
    talk(folder, item(1), "request", "", "Original", "Authorized", "1", ".")
    done = talk(folder, item(1), "request", "", "-", "", "-", ".")
    second = done.case.items[1]
    assert (second.request, second.original, second.authorized) == (UNIT, "", "Authorized")
    assert (second.follows, second.date_of_service) == (0, None)
    assert "Originally requested is blank now." in done.said


def test_what_is_refused_is_repeated_the_next_time(folder: Folder) -> None:
    talk(folder, item(1), "request", "", "", "", "", "soon", ".")
    done = talk(folder, item(1), "request", "", "", "", "", "")
    assert '"soon" was typed for Date of service before. The case does not hold it.' in done.said
    again = talk(folder, item(1), "request", "", "", "", "", "2026-02-03", "request")
    assert again.case.items[1].date_of_service == date(2026, 2, 3)
    assert '"soon" was typed' not in talk(folder, item(1), "request", "", "", "", "", "").output


# ── Credentials ──────────────────────────────────────────────────────────────────────────────


def test_attestations_are_given_and_withdrawn_by_number(folder: Folder) -> None:
    done = talk(folder, CredentialsPage, "2", "1", "1")
    assert "no-affiliation" not in done.case.reviewer.attested
    assert "complete-file" in done.case.reviewer.attested
    assert (
        "Attestation 2 is withdrawn: I have no affiliation with the parties named here."
        in done.said
    )
    assert "Credentials, 6 of 6 attested, 1 to 6 attest or withdraw: " in done.output
    assert set(done.case.reviewer.attested) == set(ATTESTATIONS) - {"no-affiliation"}


def test_the_page_says_what_each_statement_is_about(folder: Folder) -> None:
    def lines(session: PlainSession) -> Page:
        page = CredentialsPage(session)
        session.console.say(*page.lines())
        return page

    said = talk(folder, lines).said
    assert "States of licensure: Texas, Florida" in said
    assert "2. given: I have no affiliation with the parties named here." in said
    assert "Employee: Sample Worker" in said


def test_licenses_and_specialties_are_lists_of_known_titles(folder: Folder) -> None:
    done = talk(folder, CredentialsPage, "states TX, calif", "specialties", "Pain Medicin, PM&R")
    assert done.case.reviewer.licenses == ("Texas", "California")
    assert "States of licensure: Texas, California." in done.said
    assert '"Pain Medicin" is not a known specialty. Did you mean Pain Medicine?' in done.said


def test_the_profile_is_corrected_on_request(folder: Folder) -> None:
    save_profile(folder, Profile(licenses=("Texas",), specialties=("Pain Medicine",)))
    talk(folder, CredentialsPage, "states Ohio", "n")
    profile = load_profile(folder)
    assert profile is not None
    assert profile.licenses == ("Texas",)
    done = talk(folder, CredentialsPage, "states Iowa", "y")
    profile = load_profile(folder)
    assert profile is not None
    assert profile.licenses == ("Iowa",)
    assert "Your profile says: Texas; Pain Medicine." in done.said
    assert "Profile saved. Your next cases start with these credentials." in done.said


# ── Items ────────────────────────────────────────────────────────────────────────────────────


def requests(done: Talk) -> list[str]:
    return [each.request for each in done.case.items]


def test_items_are_added_moved_and_removed(folder: Folder) -> None:
    done = talk(folder, ItemsPage, "a Massage", "m 3 1")
    assert requests(done) == ["Massage", SURGERY, UNIT]
    assert "Item 3 was added." in done.said
    assert "Item 3 is item 1 now." in done.said
    done = talk(folder, ItemsPage, "d 1")
    assert requests(done) == [SURGERY, UNIT]
    assert "Item 1 was removed; undo restores: Massage" in done.said
    done = talk(folder, ItemsPage, "a", "Physical therapy", ".", "d", "m 1 9")
    assert requests(done) == [SURGERY, UNIT, "Physical therapy"]
    assert done.errors == ["Type the number of the item after the command, 1 to 3."] * 2


def test_an_item_is_opened_and_edited_by_number(folder: Folder) -> None:
    done = talk(folder, ItemsPage, "e 2", "Cold unit", ".", "o 2")
    assert requests(done) == [SURGERY, "Cold unit"]
    assert done.page.title == "Decision of item 2"


def test_a_number_of_thousands_of_digits_is_an_error(folder: Folder) -> None:
    done = talk(folder, ItemsPage, f"d {'9' * 5_000}", "d \u00b2")
    assert len(done.errors) == 2
    assert requests(done) == [SURGERY, UNIT]


def test_a_case_without_items_says_how_to_add_one(folder: Folder) -> None:
    put(folder, a_complete_case(()))

    def lines(session: PlainSession) -> Page:
        page = ItemsPage(session)
        session.console.say(*page.lines())
        return page

    done = talk(folder, lines, "d 1")
    assert "There are no items. a adds one." in done.said
    assert done.errors == ["There is no item."]


# ── The record ───────────────────────────────────────────────────────────────────────────────


def test_dates_and_parties_are_asked_for(folder: Folder) -> None:
    case = talk(folder, RecordPage, "t", "2", "10/23/13", "x", "nov 5 2014", ".").case
    known = case.particulars
    assert (known.priority, known.date_of_injury, known.ur_decision_date) == (
        "expedited",
        date(2013, 10, 23),
        date(2014, 11, 5),
    )
    done = talk(folder, RecordPage, "p", "Knee sprain", "", "", "", "Acme", "", "", "A; B, MD")
    assert done.case.particulars.diagnosis == "Knee sprain"
    assert done.case.parties.claims_administrator == "Acme"
    assert done.case.parties.providers == ("A", "B, MD")
    assert "no-affiliation" not in done.case.reviewer.attested
    withdrawn = "A party changed, so the attestation about affiliations is withdrawn."
    assert done.said.count(withdrawn) == 1


def test_a_full_stop_ends_a_form_at_a_choice(folder: Folder) -> None:
    done = talk(folder, RecordPage, "t", ".")
    assert done.errors == []
    assert "Date of injury, " not in done.output


def test_documents_are_added_edited_and_removed(folder: Folder) -> None:
    before = a_complete_case(1).records
    lines = ("a Denial", "Maximus", "5/2/13", "", "6", "not a number", OLD)
    done = talk(folder, RecordPage, *lines[:1], "", *lines[1:])
    added = Record(
        kind="determination", title="Denial", source="Maximus", from_=date(2013, 5, 2), case=OLD
    )
    assert done.case.records == (*before, added)
    assert any(line.startswith("Document 3 was added: Denial, ") for line in done.said)
    assert len(done.errors) == 1
    done = talk(folder, RecordPage, "e 3", "Decision", ".", "d 1")
    assert [each.title for each in done.case.records] == ["PR-2", "Decision"]


def test_a_document_without_words_is_not_added(folder: Folder) -> None:
    done = talk(folder, RecordPage, "a", "", "", "", "", "")
    assert len(done.case.records) == 2
    assert "Nothing was typed, so no document was added." in done.said


# ── Beside the texts ─────────────────────────────────────────────────────────────────────────


def with_commands(index: int | None = None) -> MakePage:
    """The page of a text, with the commands of every page of a case."""

    def make(session: PlainSession) -> Page:
        page: SummaryPage | DecisionPage
        page = SummaryPage(session) if index is None else DecisionPage(session, index)
        own = page.commands
        shared = [
            *facts_commands(session, page.stage),
            *find_commands(session, lambda stage: DecisionPage(session, stage.item)),
        ]
        page.commands = lambda: [*own(), *shared]  # type: ignore[method-assign]
        return page

    return make


@pytest.fixture
def texts(folder: Folder) -> Folder:
    """The folder with a lumber in each text."""
    items = [
        an_item(SURGERY, rationale="Fine. The lumber spine is stable. The LUMBER MRI is old."),
        an_item(UNIT, rationale="A lumber brace.", administrator_citations=(MTUS,)),
    ]
    case = a_complete_case(tuple(items))
    return put(folder, case.but(summary=case.summary.but(text="His lumber spine hurts.")))


def all_texts(case: Case) -> list[str]:
    return [case.summary.text, *(each.rationale for each in case.items)]


def test_words_are_found_with_their_sentences(texts: Folder) -> None:
    done = talk(texts, with_commands(), "find lumber", "3")
    assert "lumber was found 4 times." in done.said
    assert "1. summary, sentence 1: His lumber spine hurts." in done.said
    assert "3. item 1 rationale, sentence 3: The LUMBER MRI is old." in done.said
    assert done.page.title == "Decision of item 1"
    assert "zzz was not found." in talk(texts, with_commands(), "find", "zzz").said


def test_words_are_replaced_in_all_texts(texts: Folder) -> None:
    done = talk(texts, with_commands(), "replace lumber", "lumbar", "all")
    assert "Replaced 4 in 3 texts; undo restores." in done.said
    assert all_texts(done.case) == [
        "His lumbar spine hurts.",
        "Fine. The lumbar spine is stable. The lumbar MRI is old.",
        "A lumbar brace.",
    ]
    undone = talk(texts, with_commands(), "replace lumbar", "X", "all", "undo")
    assert all_texts(undone.case) == all_texts(done.case)


def test_words_are_replaced_one_by_one(texts: Folder) -> None:
    done = talk(texts, with_commands(), "replace lumber", "lumbar", "1", "y", "n", "y", "n")
    assert "Replaced 2 of 4." in done.said
    assert all_texts(done.case) == [
        "His lumber spine hurts.",
        "Fine. The lumbar spine is stable. The LUMBER MRI is old.",
        "A lumbar brace.",
    ]


def test_the_facts_are_read_beside_a_text(texts: Folder) -> None:
    said = talk(texts, with_commands(1), "facts", "cited", "summary").said
    assert f"  1  {SURGERY}" in said
    assert any(line.startswith("1  Chronic Pain") for line in said)
    assert "1. His lumber spine hurts." in said


def test_the_letter_of_an_earlier_review_is_read(texts: Folder) -> None:
    assert talk(texts, with_commands(), "earlier").errors == ["This case names no earlier review."]
    case = texts.open(NUMBER).case
    put(texts, case.but(records=(Record(kind="determination", case=OLD),)))
    says = f"Neither a letter nor a case {OLD} is in this folder."
    assert talk(texts, with_commands(), "earlier").errors == [says]
    (texts.path / f"{OLD}.txt").write_text("Dear reader,\n\nThe denial is upheld.\n")
    said = talk(texts, with_commands(), "earlier").said
    at = said.index(f"Earlier review {OLD}, letter file:")
    assert said[at + 1 : at + 5] == [
        "Dear reader,",
        "",
        "The denial is upheld.",
        f"End of {OLD}.",
    ]
