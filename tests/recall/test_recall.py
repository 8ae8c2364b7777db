"""Recall: what is searched for, what a request is about, and what is inserted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given, strategies as st

from imr_tui.model import reviewer_edits
from imr_tui.model.case import from_plain, to_plain
from imr_tui.recall import query
from imr_tui.recall.insertion import Recalled, insertion
from imr_tui.recall.rationale import Rationale, rationales
from imr_tui.recall.subject import subject
from tests.builders import MTUS, NOW, OTHER, a_case, an_item

HOSTILE = [
    *('a"b', "NEAR(", "NEAR(a b)", "*", "-x", "AND", "OR NOT", "text:a", "^a", "a*b", "{a}:b", "+"),
    *('"', '""', "'", ";--", "a\x00b", "\ud800", "(((", "a AND", "\u00bd", "_", "\u0301", "%"),
]
DAY = date(2026, 11, 2)
TEXT = "First sentence. Second one, with 6 visits.\n\nThird sentence."


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    """A full-text table with rows of words."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5 (text, subject, prefix = '1 2')")
        rows = [("alpha beta near a b and x",), ("gamma",), ("half one",)]
        database.executemany("INSERT INTO t (text) VALUES (?)", rows)
        yield database


def found(table: sqlite3.Connection, typed: str) -> int:
    """How many rows have the words typed."""
    words = query.typed_words(typed)
    if not words:
        return 0
    match = query.both(query.beginnings(("text", "subject"), words), "")
    return len(table.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall())


# ── What is typed ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", HOSTILE)
def test_operators_are_words(table: sqlite3.Connection, typed: str) -> None:
    assert found(table, typed) < 3
    assert found(table, f"{typed} alpha") <= 1
    assert found(table, f"zzz {typed}") == 0


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)), max_size=30))
def test_no_query_raises_or_finds_everything(table: sqlite3.Connection, parts: list[str]) -> None:
    assert found(table, " ".join(parts)) < 3


def test_every_word_is_the_beginning_of_one(table: sqlite3.Connection) -> None:
    assert found(table, "al be") == 1
    assert found(table, "AL  NEAR") == 1
    assert found(table, "alpha gamma") == 0
    assert found(table, "pha") == 0


def test_words_without_a_letter_or_digit_are_no_words() -> None:
    assert query.typed_words(' * "" - _ \x00 ') == ()
    assert query.beginnings(("text",), ()) == ""
    assert query.both("", "") == ""
    assert len(query.typed_words("a " * 1000)) == query.MAX_WORDS


# ── What a request is about ──────────────────────────────────────────────────────────────────


def test_a_request_is_about_its_service_its_drug_and_its_region() -> None:
    read = subject("Tramadol 50 mg #60 for the lumbar spine")
    assert "dtramadol" in read.service
    assert "copioid" in read.related
    assert read.regions == {"rlumbarspine"}
    assert subject("MRI of the left knee").service == {"kmri"}


def test_a_request_without_a_known_service_is_about_its_words() -> None:
    assert {each[0] for each in subject("Frobnication of the widget").service} == {"w"}
    assert subject("").levels == ()


@given(st.text(max_size=200))
def test_the_words_of_a_request_are_plain(request_text: str) -> None:
    words = subject(request_text).words.split()
    assert all(word.isascii() and word.isalnum() for word in words)


# ── Which rationales there are ───────────────────────────────────────────────────────────────


def test_items_with_a_rationale_are_recalled_with_their_facts() -> None:
    case = a_case(items=(an_item(rationale=" \n"), an_item("MRI", rationale=TEXT)))
    (only,) = rationales(case, DAY)
    assert (only.number, only.item, only.request, only.day) == (case.number, 1, "MRI", DAY)
    assert only.sentences == (
        "First sentence.",
        "Second one, with 6 visits.",
        "Third sentence.",
    )
    decided = case.but(particulars=case.particulars.but(decision_date=date(2020, 1, 2)))
    assert rationales(decided, DAY)[0].day == date(2020, 1, 2)


def test_an_imported_letter_is_recalled_only_if_the_reviewer_wrote_it() -> None:
    case = a_case(items=(an_item(),))
    imported = case.but(particulars=case.particulars.but(imported=True))
    assert rationales(imported, DAY) == ()
    own = reviewer_edits.claim_letter(imported)
    assert len(rationales(own, DAY)) == 1
    assert from_plain(to_plain(own)) == own


# ── What is inserted ─────────────────────────────────────────────────────────────────────────


SOURCE = Rationale(
    "CM26-0000009",
    0,
    "MRI",
    "upheld",
    DAY,
    TEXT,
    (MTUS, OTHER.but(text="As printed", verbatim=True)),
)


def test_all_of_a_text_becomes_the_last_paragraph() -> None:
    case = a_case(items=(an_item(rationale="Before. \n", citations=()),))
    made = insertion(case, 0, Recalled(SOURCE), None, NOW)
    after = made.change(case)
    assert after.items[0].rationale == f"Before.\n\n{TEXT}"
    assert after.items[0].rationale[made.start :] == made.prepared.text
    assert after.items[0].citations == ()


def test_sentences_replace_the_selection_with_the_citations() -> None:
    case = a_case(items=(an_item(), an_item(rationale="Before. HERE. After.", citations=(MTUS,))))
    other = Rationale(**{**vars(SOURCE), "citations": (MTUS, OTHER)})
    made = insertion(case, 1, Recalled(other, (2, 0), with_citations=True), (8, 13), NOW)
    after = made.change(case)
    assert after.items[1].rationale == "Before. First sentence. Third sentence. After."
    assert after.items[1].citations == (MTUS, OTHER)
    assert after.items[0] == case.items[0]


def test_citations_kept_verbatim_stay_where_they_are() -> None:
    assert Recalled(SOURCE, with_citations=True).citations == (MTUS,)
    assert Recalled(SOURCE).citations == ()


def test_an_item_that_is_gone_is_left_alone() -> None:
    case = a_case(items=(an_item(),))
    change = insertion(case, 0, Recalled(SOURCE), None, NOW).change
    assert change(a_case()) == a_case()
