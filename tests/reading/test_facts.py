"""Facts of one patient: their kinds, their words, and the numbers that are no facts."""

import pytest
from hypothesis import given, strategies as st

from imr_tui.reading.facts.facts import facts
from tests import strategies


def found(text: str) -> list[tuple[str, str]]:
    """The facts in `text`: kind and words; the kind of a guideline's in capitals."""
    return [
        (each.kind.upper() if each.is_guidelines else each.kind, text[slice(*each.span)])
        for each in facts(text)
    ]


def dates(*words: str) -> list[tuple[str, str]]:
    return [("date", each) for each in words]


def of(kind: str, *words: str) -> list[tuple[str, str]]:
    return [(kind, each) for each in words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 10-18-2016 and 10/18/16.", dates("10-18-2016", "10/18/16")),
        ("On October 18, 2016, and May 3.", dates("October 18, 2016", "May 3")),
        ("An MRI in 03/2016, in October 2015 and 2014.", dates("03/2016", "October 2015", "2014")),
        ("In September she rested. It may help.", dates("September")),
        ("The June notes; since Nov. 2012", dates("June", "Nov. 2012")),
        ("The dose is 2000 mg.", of("strength", "2000")),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 45-year-old man, a 50 y/o, age 33", of("age", "45", "50", "33")),
        ("He is aged 61 and in his late fifties.", of("age", "61", "fifties")),
        ("A forty-five-year-old in her 40s", of("age", "forty-five", "40s")),
        ("It is a 4-year history.", of("amount", "4")),
    ],
)
def test_ages(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She had twelve visits and 6 to 8 sessions.", ["twelve", "6 to 8"]),
        ("Therapy 2x6, x4, #60 with 2 refills", ["2", "6", "4", "#60", "2"]),
        ("Pain 7-8/10, strength 4+/5, better by 50%", ["7-8/10", "4+/5", "50%"]),
        ("Flexion of 90 degrees, a 5 mm bulge, 1,200 steps", ["90", "5", "1,200"]),
        ("Twice a week for three weeks, six (6) visits", ["Twice", "three", "six", "6"]),
        ("Two to three additional physical therapy visits", ["Two to three"]),
        ("One of the visits, one reason, COX-2, B12, 2nd, T2-weighted", []),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert found(text) == of("amount", *expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norco 10/325mg and tramadol 50 mg", of("strength", "10/325", "50")),
        ("Fentanyl 25 mcg, 0.5 mg, .5 mg", of("strength", "25", "0.5", ".5")),
        ("Bulges at L4-5 and C6/C7, the S1 root", of("level", "L4-5", "C6/C7", "S1")),
        ("Left knee, bilateral hips", of("side", "Left", "bilateral")),
        ("Right-hand dominant; rotation to the right", of("side", "Right", "right")),
        ("Both knees, both the MTUS and ODG", of("side", "Both")),
        ("She left work right away; he has left the job; the right to appeal", []),
    ],
)
def test_strengths_levels_and_sides(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "See pages 98-99 of the MTUS (2009), section 9792.24.2, and 8 C.C.R. 9792.20(e).",
        "ACOEM Chapter 13, Table 13-2, and Smith et al. 2010 say so.",
        "The 2016 MTUS, the Chronic Pain Guidelines 2016, J Knees 2010;35(2):234-40.",
        "Chronic Pain 2016 (Smith and Jones, 2010; Lee, 2012), (Smith et al., 2011), ODG (2014).",
        "Criteria are: (1) Pain. (2) Weakness. [3, 4-6]",
        "1) Rest. 2) Ice for type 2 diabetes, at 24/7.",
    ],
)
def test_citations_and_lists_have_no_facts(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ODG recommends 10 visits over 8 weeks.", of("AMOUNT", "10", "8")),
        ("The guideline (updated 3/18/2015) states a trial of six visits.",
         [("DATE", "3/18/2015"), ("AMOUNT", "six")]),
        ("The MTUS states the following. (1) Frequency: 3 times a week. (2) Duration: 2 months.",
         of("AMOUNT", "3", "2")),
        ("ODG recommends 10 visits, and this worker had 24.", of("amount", "10", "24")),
        ("ODG recommends 10 visits. She had 24 visits.", [("AMOUNT", "10"), ("amount", "24")]),
        ("ODG recommends 10 visits for the left knee.", [("amount", "10"), ("side", "left")]),
        ("Per the guideline of therapy, 10 visits on 3/18/2015 suffice.",
         [("amount", "10"), ("date", "3/18/2015")]),
    ],
)  # fmt: skip
def test_numbers_of_guidelines(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fusion (lumbar, 2012), (surgery in 2014), (MRI 2015).", dates("2012", "2014", "2015")),
        ("Neck complaints in 2014; chronic pain since 2011.", dates("2014", "2011")),
        ("Complaints on 10/18/2016, the report was revised 3/2/2015.",
         dates("10/18/2016", "3/2/2015")),
        ("Medical treatment on May 3, 2014 (pain is 8) and (worst is 9) now.",
         [("date", "May 3, 2014"), ("amount", "8"), ("amount", "9")]),
        ("The record has 46 pages.", of("amount", "46")),
    ],
)  # fmt: skip
def test_facts_that_look_like_citations(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(strategies.raw_texts | st.text("0123456789.-/#%xL() ,:;*", max_size=80))
def test_facts_of_any_text_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for each in facts(text):
        assert end <= each.span[0] < each.span[1] <= len(text)
        end = each.span[1]
