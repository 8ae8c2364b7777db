"""The hierarchy of evidence: what ranks below the MTUS, and what already explains it."""

from typing import Any, get_args

import pytest
from hypothesis import given, strategies as st

from imr_tui.domain.standards import (
    SEQUENCE,
    STANDARDS,
    below_mtus,
    needs_departure_reason,
    sentence,
    states_departure,
    step,
)
from imr_tui.model.case import Item
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import CitationKind, Departure, Standard
from tests.builders import MTUS, OTHER, an_item
from tests.rows import each_row
from tests.strategies import items

BLANK = Citation(standard="C", pages="5")
"""A citation that prints nothing, though it says how it ranks."""
SILENT = "The MTUS is silent on the condition or injury for which"
REBUTTED = (
    "A preponderance of scientific medical evidence establishes that a variance is reasonably "
    "required to cure or relieve the injured worker."
)
STUDY = Citation(title="Massage for sprains", authors="Doe J", kind="study")
"""A study that leaves its standard to its kind."""


# What a source is


@each_row(
    ("citation", "kind", "standard"),
    [
        (MTUS, "mtus", "A"),
        (OTHER, "guideline", "C"),
        (Citation(), "text", "C"),
        (Citation(text="Textbook"), "text", "C"),
        (Citation(title=" "), "text", "C"),
        (Citation(title="Guideline"), "guideline", "C"),
        (Citation(title="T", authors="Doe J"), "study", "B"),
        (Citation(title="T", journal="J Knees"), "study", "B"),
        (Citation(title="T", authors=" ", journal=" "), "guideline", "C"),
        (Citation(title="T", authors="Doe J", standard="A"), "mtus", "A"),
        # As the reviewer says.
        (Citation(title="T", kind="mtus"), "mtus", "A"),
        (Citation(title="T", kind="study"), "study", "B"),
        (Citation(title="T", kind="text"), "text", "C"),
        (Citation(title="T", authors="Doe J", kind="guideline"), "guideline", "C"),
        (Citation(title="T", kind="study", standard="D"), "study", "D"),
        (Citation(title="T", kind="guideline", standard="B"), "guideline", "B"),
        (Citation(title="T", kind="guideline", standard="A"), "guideline", "A"),
        (Citation(title="T", kind="mtus", standard="C"), "mtus", "C"),
        (Citation(title="T", standard="F"), "guideline", "F"),
    ],
)
def test_kind_and_rank(citation: Citation, kind: CitationKind, standard: Standard) -> None:
    assert (citation.sort, citation.ranks_as) == (kind, standard)
    assert citation.is_mtus is (kind == "mtus")


def test_every_standard_says_what_it_is() -> None:
    assert tuple(STANDARDS) == get_args(Standard)
    assert len(set(STANDARDS.values())) == len(STANDARDS)


@each_row(
    ("cited", "below"),
    [
        ((), False),
        ((MTUS,), False),
        ((MTUS, MTUS), False),
        ((OTHER,), True),
        ((MTUS, OTHER), True),
        ((STUDY,), True),
        ((Citation(text="Textbook"),), True),
        ((BLANK,), False),
        ((MTUS, BLANK), False),
        ((MTUS.but(standard="B", kind="mtus"),), True),
        ((OTHER.but(standard="A"),), False),
    ],
)
def test_below_mtus(cited: tuple[Citation, ...], below: bool) -> None:
    assert below_mtus(cited) is below


# What explains it

EXPLAINED = [
    "The MTUS is silent on massage.",
    "Massage was reviewed. The California MTUS does not address it; a guideline does.",
    "the mtus did not specifically discuss massage",
    "The Medical Treatment Utilization Schedule is silent.",
    "Massage is not addressed by the MTUS.",
    "Massage and heat are not mentioned in the MTUS guidelines.",
    "MTUS/ACOEM do not address this request.",
    "There is no MTUS guideline for massage.",
    "The MTUS has no specific recommendation for massage.",
    "The MTUS lacks guidance on massage.",
    "The MTUS does not recommend for or against massage.",
    "In view of the silence of the MTUS, another guideline is cited.",
    "The presumption that the MTUS is correct is rebutted by two trials.",
    "The evidence cited overcomes the MTUS.",
    "It helps.\n\nThe MTUS does not cover massage of the foot, so a study is cited.",
    "MTUS does not apply.",
    "The injury is acute, therefore the Chronic Pain Treatment Guidelines do not apply.",
    "The acupuncture guideline is not applicable to this injury.",
    "The postsurgical treatment guidelines apply only after surgery.",
    "ACOEM does not address hearing aids.",
]
NEAR_MISSES = [
    "",
    " \n.;",
    "The MTUS recommends massage. The record is silent on exercise.",
    "The MTUS recommends massage; the record does not mention exercise.",
    "The MTUS recommends massage\nThe record is silent on exercise",
    "The MTUS does not recommend massage.",
    "The MTUS supports six sessions, and not more.",
    "The MTUS says that massage addresses pain.",
    "The record is silent on massage.",
    "No guideline is needed.",
    "The evidence is rebutted.",
    "The AMTUSX guideline is silent on massage.",
    "The MTUS applies. The ODG does not apply.",
    "The diagnosis does not apply to this worker.",
]


@pytest.mark.parametrize(
    ("citation", "at"),
    [
        (MTUS, 1),
        (OTHER, 2),
        (Citation(text="ACOEM Practice Guidelines, 3rd edition"), 2),
        (Citation(guideline="odg-knee", title="Knee", kind="guideline"), 2),
        (Citation(title="Management of Carpal Tunnel Syndrome", kind="guideline"), 3),
        (Citation(text="Textbook"), 3),
        (STUDY, 4),
    ],
)
def test_the_step_of_the_search(citation: Citation, at: int) -> None:
    assert step(citation) == at
    assert 1 <= at <= len(SEQUENCE)


@each_row("rationale", EXPLAINED)
def test_a_sentence_that_explains(rationale: str) -> None:
    assert states_departure(rationale)
    assert states_departure(f"Massage is not necessary. {rationale}")
    assert states_departure(rationale.upper())


@each_row("rationale", NEAR_MISSES)
def test_a_sentence_that_does_not_explain(rationale: str) -> None:
    assert not states_departure(rationale)


@pytest.mark.parametrize(
    "rationale",
    [
        "The MTUS (8 CCR 9792.24.2) does not address massage.",
        "The MTUS, 9792.23.5, is silent on massage.",
    ],
)
def test_a_full_stop_inside_a_number_ends_no_sentence(rationale: str) -> None:
    assert states_departure(rationale)


@pytest.mark.parametrize(
    "rationale",
    [
        "The MTUS is not silent on massage.",
        "The presumption that the MTUS is correct is not rebutted.",
        "The presumption that the MTUS is correct has not been rebutted.",
    ],
)
def test_a_sentence_that_says_the_contrary_does_not_explain(rationale: str) -> None:
    assert not states_departure(rationale)


@pytest.mark.parametrize(
    "rationale",
    [
        "The MTUS supports massage, but the record does not mention any benefit.",
        "The MTUS recommends massage, and the record does not include a diagnosis.",
        "The MTUS recommends exercise to overcome stiffness.",
        "The MTUS supports opioids, and there is no discussion of function in the notes.",
    ],
)
def test_a_sentence_that_says_it_of_something_else_does_not_explain(rationale: str) -> None:
    assert not states_departure(rationale)


@given(st.text())
def test_any_rationale_explains_or_not(rationale: str) -> None:
    assert states_departure(rationale) in (True, False)


# Whether to ask


@each_row(
    ("changes", "asks"),
    [
        ({"citations": (OTHER,)}, True),
        ({"citations": (MTUS, OTHER)}, True),
        ({"citations": (STUDY,)}, True),
        ({"citations": (MTUS,)}, False),
        ({"citations": ()}, False),
        ({"citations": (BLANK,)}, False),
        ({"citations": (MTUS,), "administrator_citations": (OTHER,)}, False),
        ({"citations": (OTHER,), "departure": "silent"}, False),
        ({"citations": (OTHER,), "departure": "rebutted"}, False),
        ({"citations": (OTHER,), "departure": "unexplained"}, False),
        ({"citations": (OTHER,), "rationale": "The MTUS is silent on massage."}, False),
        ({"citations": (OTHER,), "rationale": "The MTUS recommends it."}, True),
        ({"citations": (OTHER,), "rationale": ""}, True),
    ],
)
def test_the_reason_is_asked_once(changes: dict[str, Any], asks: bool) -> None:
    assert needs_departure_reason(an_item(**changes)) is asks


@given(items())
def test_it_is_asked_only_for_a_source_below_the_mtus(item: Item) -> None:
    if needs_departure_reason(item):
        assert below_mtus(item.citations)
        assert item.departure is None
        assert not needs_departure_reason(item.but(departure="unexplained"))


# The sentence


@pytest.mark.parametrize(
    ("request_text", "departure", "says"),
    [
        ("6 sessions", "silent", f"{SILENT} 6 sessions is requested."),
        ("6  sessions\tof massage.", "silent", f"{SILENT} 6 sessions of massage is requested."),
        ("", "silent", f"{SILENT} this treatment is requested."),
        (" .", "silent", f"{SILENT} this treatment is requested."),
        (
            "6 sessions",
            "rebutted",
            f"The presumption that the MTUS is correct is rebutted for 6 sessions. {REBUTTED}",
        ),
        (
            "",
            "rebutted",
            f"The presumption that the MTUS is correct is rebutted for this treatment. {REBUTTED}",
        ),
    ],
)
def test_sentence(request_text: str, departure: Departure, says: str) -> None:
    assert sentence(Item(request=request_text), departure) == says


@given(items(), st.sampled_from(["silent", "rebutted"]))
def test_the_sentence_explains(item: Item, departure: Departure) -> None:
    said = sentence(item, departure)
    assert states_departure(said)
    assert "\n" not in said
    assert not needs_departure_reason(item.but(departure=None, rationale=f"Massage helps. {said}"))
