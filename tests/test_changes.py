"""The words in which undo says what it undid."""

from datetime import date

import pytest
from hypothesis import given

from imr_tui.domain.changes import describe, sentence
from imr_tui.domain.find import Match, find, next_match, replace
from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits, evidence_edits, reviewer_edits
from imr_tui.model.case import Case, Record
from imr_tui.model.edits import Change
from imr_tui.model.evidence import Citation
from tests.strategies import cases

CASE = edits.set_rationale(
    edits.add_item(edits.add_item(Case.blank("CM26-1"), "One"), "Two"), 1, "The MTUS supports it."
)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda case: edits.set_summary(case, "Three more words"), "summary, 3 words"),
        (lambda case: edits.set_rationale(case, 1, "The MTUS supports it"),
         "item 2 rationale, 1 character"),
        (lambda case: edits.set_rationale(case, 1, "The MTUS it."), "item 2 rationale, 1 word"),
        (lambda case: edits.set_rationale(case, 1, ""), "item 2 rationale, 4 words"),
        (lambda case: edits.set_decision(case, 0, "upheld"), "item 1 decision, now Upheld"),
        (lambda case: edits.set_date_of_service(case, 1, date(2014, 9, 2)),
         "item 2 date of service, now 9/2/2014"),
        (lambda case: edits.set_date(case, "date_of_injury", date(2013, 10, 23)),
         "date of injury, now 10/23/2013"),
        (lambda case: edits.set_priority(case, "expedited"), "priority, now expedited"),
        (lambda case: edits.set_party(case, "employer", "A Company"), "employer, now A Company"),
        (lambda case: evidence_edits.add_citation(case, 1, "citations", Citation(text="x")),
         "item 2 citation added"),
        (lambda case: edits.add_record(case, Record(title="PR-2")), "document added"),
        (lambda case: edits.add_item(case, "Three"), "item 3 added"),
        (lambda case: edits.remove_item(case, 0), "item 1 removed"),
        (lambda case: edits.move_item(case, 0, 1), "order of the items"),
        (lambda case: reviewer_edits.set_licenses(case, ["Texas"]), "licenses, now Texas"),
    ],
)  # fmt: skip
def test_a_change_is_described(change: Change, says: str) -> None:
    assert describe(CASE, change(CASE))[0].says == says


def test_a_decision_that_was_taken_back_is_named() -> None:
    decided = edits.set_decision(CASE, 0, "upheld")
    found = describe(decided, CASE)
    assert sentence("Undone", found, "^y redoes") == (
        "Undone: item 1 decision, Upheld removed (^y redoes)"
    )


def test_words_that_were_replaced_far_apart_are_counted_without_those_between() -> None:
    long = "the " + "word " * 300 + "the"
    before = edits.set_summary(CASE, long)
    after = edits.set_summary(CASE, long.replace("the", "this"))
    assert describe(before, after)[0].says == "summary, 2 words"
    after = edits.set_summary(CASE, long.replace("the", "this one"))
    assert describe(before, after)[0].says == "summary, 4 words"


def test_more_changes_are_counted_and_fit_the_line() -> None:
    after = edits.set_summary(edits.set_rationale(CASE, 1, ""), "x")
    said = sentence("Undone", describe(CASE, after), "^y redoes")
    assert said == "Undone: summary, 1 character, and 1 more change (^y redoes)"
    assert len(said) < 60


@given(cases(), cases())
def test_different_cases_are_described_and_equal_ones_are_not(one: Case, other: Case) -> None:
    other = other.but(particulars=other.particulars.but(number=one.number))
    assert describe(one, one) == ()
    assert bool(describe(one, other)) == (one != other)


TEXTS = edits.set_summary(CASE, "It is. it")


def test_words_are_found_in_all_texts_and_replaced() -> None:
    found = find(TEXTS, "IT")
    assert [each.span for each in found] == [(0, 2), (7, 9), (18, 20)]
    assert found[2].place == Place("rationale", 1)
    after = replace(TEXTS, found, "this")
    assert after.summary.text == "this is. this"
    assert after.items[1].rationale == "The MTUS supports this."


@pytest.mark.parametrize(
    ("stage", "at", "step", "wanted"),
    [
        (Stage("summary"), 0, 0, 0),
        (Stage("summary"), 0, 1, 1),
        (Stage("summary"), 0, -1, 2),
        (Stage("summary"), 8, 0, 2),
        (Stage("citations", 0), 0, 0, 2),
        (Stage("review"), 0, 1, 0),
        (Stage("review"), 0, -1, 2),
    ],
)
def test_the_next_match_follows_the_walk(stage: Stage, at: int, step: int, wanted: int) -> None:
    found = find(TEXTS, "it")
    assert next_match(TEXTS, found, stage, (at, at), step) == found[wanted]


def test_without_a_match_there_is_no_next_one() -> None:
    none: tuple[Match, ...] = ()
    assert next_match(TEXTS, none, Stage("summary"), (0, 0), 1) is None
    assert next_match(TEXTS, none, Stage("summary"), (0, 0), -1) is None
