"""Amounts of drugs and of therapy, and what is concluded of them."""

import pytest

from imr_tui.reading.amounts.quantities import days, has_amount, quantities, strengths
from imr_tui.reading.conclusions.necessity import conclusions, denials
from tests.rows import each_row

AMOUNTS = [
    ("Norco #60", [60]),
    ("quantity 30", [30]),
    ("90 tablets", [90]),
    ("12 sessions", [12]),
    ("Twelve manual acupuncture visits", [12]),
    ("2 times a week for 4 weeks", [8]),
    ("two times a week times three weeks", [6]),
    ("3x4", [12]),
    ("2 times weekly for 6 weeks", [12]),
    ("two to three times a week for six weeks", []),
    ("1 tablet by mouth every 4 hours", []),
    ("sessions x 6", [6]),
    ("a 3 x 4 cm mass", []),
    ("pain of 7/10", []),
]
STRENGTHS = [
    ("5/325mg", {5, 325}),
    ("7.5-325 mg", {7.5, 325}),
    ("7.5 325 mg", {7.5, 325}),
    ("20mg", {20}),
    ("#60", set()),
]
CONCLUSIONS = [
    ("The denial was not appropriate; the request is medically necessary.", "affirms"),
    ("The request is not medically necessary.", "denies"),
    ("Medical necessity has not been established.", "denies"),
    ("It cannot be considered medically necessary and appropriate.", "denies"),
    ("The request is not supported.", "denies"),
    ("No, the request was not medically necessary, or indicated here.", "denies"),
    ("No more sessions are necessary.", "denies"),
    ("None of them is medically necessary.", "denies"),
    ("Thus no further imaging is medically necessary.", "denies"),
    ("The records do not establish medical necessity.", "denies"),
    ("There is no doubt that surgery is medically necessary.", "affirms"),
    ("No other treatment is left and surgery is medically necessary.", "affirms"),
    ("The MRI without contrast is medically necessary.", "affirms"),
    ("The request was, thus, medically necessary.", "affirms"),
    ("Medical necessity has been established.", "affirms"),
    ("He did not improve, so the surgery is medically necessary.", "affirms"),
    ("This decision addresses the medical necessity of opioids.", "neither"),
    ("It would be medically necessary if red flags were present.", "neither"),
    ("Whether it is medically necessary is unclear.", "neither"),
]


@each_row(("text", "values"), AMOUNTS)
def test_amounts(text: str, values: list[float]) -> None:
    assert [each.value for each in quantities(text)] == values


@pytest.mark.parametrize(("text", "values"), STRENGTHS)
def test_strengths(text: str, values: set[float]) -> None:
    assert strengths(text) == values


def test_durations() -> None:
    assert days("7 day rental") == 7
    assert days("30-day trial") == 30
    assert days("two weeks") == 14
    assert days("purchase") == float("inf")
    assert days("a cold therapy unit") is None
    assert has_amount("106.32gm")
    assert not has_amount("Norco 5/325mg, 6 sessions")


@each_row(("text", "says"), CONCLUSIONS)
def test_conclusions(text: str, says: str) -> None:
    (found,) = conclusions(text)
    assert (found.denies, found.affirms) == (says == "denies", says == "affirms")


def test_one_sentence_may_do_both() -> None:
    (found,) = conclusions("A brace is not medically necessary; a cane is medically necessary.")
    assert found.denies
    assert found.affirms


def test_what_concludes_nothing() -> None:
    assert conclusions("The knee is swollen. Therapy was tried.") == ()
    assert not denials("The knee is swollen.")
    assert denials("It is unnecessary.")
