"""What a correction of a signed case may change."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case
from imr_tui.model.signature import Correction, Signature
from imr_tui.signing.correction import as_draft_of, refused
from tests.builders import DAY, OTHER, a_complete_case, an_item

SIGNED = a_complete_case(
    (an_item("An MRI"), an_item("Six visits", decision="overturned"), an_item("A brace"))
)
Change = Callable[[Case], Case]


def with_item(at: int, **changes: object) -> Change:
    def change(case: Case) -> Case:
        items = list(case.items)
        items[at] = items[at].but(**changes)
        return case.but(items=tuple(items))

    return change


ALLOWED: dict[str, Change] = {
    "nothing": lambda case: case,
    "the summary": lambda case: edits.set_summary(case, "Another text."),
    "a rationale": lambda case: edits.set_rationale(case, 1, "Another reason."),
    "a citation": lambda case: evidence_edits.add_citation(case, 0, "citations", OTHER),
    "a date": lambda case: case.but(particulars=case.particulars.but(date_of_injury=DAY)),
    "a credential": lambda case: case.but(reviewer=case.reviewer.but(licenses=("Ohio",))),
}
FORBIDDEN: dict[str, tuple[Change, str]] = {
    "another decision": (with_item(1, decision="upheld"), "Item 2 stays OVERTURNED."),
    "no decision": (with_item(0, decision=None), "Item 1 stays Upheld."),
    "a request": (with_item(2, request="Two braces"), "Item 3 was not changed."),
    "the authorized part": (with_item(0, authorized="One MRI"), "Item 1 was not changed."),
    "the original request": (with_item(0, original="Two MRIs"), "Item 1 was not changed."),
    "what it follows": (with_item(2, follows=1), "Item 3 was not changed."),
    "the date of service": (with_item(2, date_of_service=DAY), "Item 3 was not changed."),
    "an item less": (lambda case: case.but(items=case.items[:2]), "None was added or removed."),
    "an item more": (
        lambda case: case.but(items=(*case.items, an_item("More"))),
        "None was added or removed.",
    ),
    "the order": (lambda case: case.but(items=case.items[::-1]), "the order of the items"),
    "the order of two": (
        lambda case: case.but(items=(case.items[0], case.items[2], case.items[1])),
        "the order of the items",
    ),
    "the number": (
        lambda case: case.but(particulars=case.particulars.but(number="CM26-0000002")),
        "keeps the case number CM26-0000001",
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_printed_words_may_change(name: str) -> None:
    assert refused(SIGNED, ALLOWED[name](SIGNED)) == ""


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_was_decided_may_not_change(name: str) -> None:
    change, says = FORBIDDEN[name]
    assert says in refused(SIGNED, change(SIGNED))


@pytest.mark.parametrize("name", [each for each in FORBIDDEN if each != "the number"])
def test_a_refusal_names_the_alternative_in_short_sentences(name: str) -> None:
    says = refused(SIGNED, FORBIDDEN[name][0](SIGNED))
    assert "imr-tui rereview" in says
    assert all(len(sentence.split()) <= 25 for sentence in says.split(". "))


def test_two_equal_items_that_are_exchanged_are_no_change() -> None:
    case = a_complete_case((an_item("An MRI"), an_item("An MRI")))
    assert refused(case, case.but(items=case.items[::-1])) == ""


def test_an_earlier_version_takes_over_neither_signature_nor_correction() -> None:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    correction = Correction(revision=1, manifest="0" * 64, reason="A slip.", at=at)
    signature = Signature(revision=1, manifest="0" * 64, at=at)
    earlier = edits.set_summary(SIGNED, "Earlier.").but(signature=signature)
    restored = as_draft_of(SIGNED.but(correction=correction), earlier)
    assert restored.signature is None
    assert restored.correction == correction
    assert restored.summary.text == "Earlier."
