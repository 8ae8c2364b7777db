"""Sentences: where they end, where a dot ends none, and what is near a place in them."""

import pytest
from hypothesis import given

from imr_tui.reading.language.sentences import REACH, near, sentence_at, sentences
from tests.rows import each_row
from tests.strategies import raw_texts

PARTED = [
    ("The knee is stiff.", ["The knee is stiff."]),
    ("The knee is stiff", ["The knee is stiff"]),
    ("It hurts. It swells. It locks.", ["It hurts.", "It swells.", "It locks."]),
    ("It hurts.  It swells.", ["It hurts.", "It swells."]),
    ("It hurts.\nIt swells.", ["It hurts.", "It swells."]),
    ("It hurts.\n\nIt swells.", ["It hurts.", "It swells."]),
    ("It\nhurts.", ["It\nhurts."]),
    ("A heading\n\nIt hurts.", ["A heading", "It hurts."]),
    ("Was it tried? No. It was not!", ["Was it tried?", "No. It was not!"]),
    ("It was on 10/18/2016. He fell.", ["It was on 10/18/2016.", "He fell."]),
    ("It was in 2016.The claim is old.", ["It was in 2016.", "The claim is old."]),
    ("Seen in March.He is better.", ["Seen in March.", "He is better."]),
    ("(The knee is stiff.) It locks.", ["(The knee is stiff.)", "It locks."]),
    ('It says "no change." He agrees.', ['It says "no change."', "He agrees."]),
    ("It says \u201cno change.\u201d He agrees.", ["It says \u201cno change.\u201d", "He agrees."]),
    ('It ended. "No change" is noted.', ["It ended.", '"No change" is noted.']),
    ("It ended. (See below.) So it is.", ["It ended.", "(See below.)", "So it is."]),
    ("It ended... Then it began.", ["It ended...", "Then it began."]),
    ("It failed. 12 sessions follow.", ["It failed.", "12 sessions follow."]),
    ("It failed. #60 is asked for.", ["It failed.", "#60 is asked for."]),
    ("Two goals:\n- less pain\n- more use", ["Two goals:", "- less pain", "- more use"]),
    ("Two goals:\n1. Less pain\n2. More use", ["Two goals:", "1. Less pain", "2. More use"]),
    ("  It hurts.  ", ["It hurts."]),
    ("", []),
    (" \n\t ", []),
]
WHOLE = [
    "Dr. Hawkins signed the report.",
    "Mr. and Mrs. Doe were told by Ms. Roe.",
    "Seen by Jane Doe, M.D. for the knee.",
    "The exam of Oct. 18, 2016 was normal.",
    "The visit of Sept. 9, 2016 is noted.",
    "Vicodin 7.5 mg was stopped.",
    "Codes 9792.24.2 and 9792.21 apply.",
    "See pg. 309 and pp. 22 to 24 of it.",
    "See p. 22, fig. 4 and No. 3 of it.",
    "Braces, splints, etc. were tried.",
    "Some drugs, e.g. Norco, were tried.",
    "The first line, i.e. NSAIDs, failed.",
    "The 3rd ed. Low Back chapter is silent.",
    "Smith et al. Found no effect.",
    "It was rated 6.5/10.",
    "J. Smith wrote it.",
    "He was seen approx. 4 weeks later.",
    "MRI vs. CT was weighed.",
]
PLACES = [
    ("It hurts. It locks.", "hurts", "It hurts."),
    ("It hurts. It locks.", "locks", "It locks."),
    ("It hurts.  It locks.", "  It", "It hurts."),
    ("  It hurts.", "  It", "It hurts."),
]


@each_row(("text", "parts"), PARTED)
def test_a_text_is_parted_into_its_sentences(text: str, parts: list[str]) -> None:
    assert [each.text for each in sentences(text)] == parts


@each_row("text", WHOLE)
def test_a_dot_within_a_sentence_does_not_end_it(text: str) -> None:
    assert [each.text for each in sentences(text)] == [text]


@pytest.mark.parametrize(("text", "place", "sentence"), PLACES)
def test_the_sentence_around_a_place(text: str, place: str, sentence: str) -> None:
    assert sentence_at(text, text.index(place)).text == sentence
    assert near(text, text.index(place)) in sentence


def test_a_blank_text_is_around_its_places() -> None:
    assert sentence_at("  ", 1).text == "  "
    assert near("", 0) == ""


def test_near_reaches_only_so_far() -> None:
    text = f"{'a' * 500} knee {'b' * 500}"
    assert near(text, 501) == text[501 - REACH : 501 + REACH]


@given(raw_texts)
def test_what_is_no_white_space_is_in_a_sentence(text: str) -> None:
    kept = "".join(each.text for each in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())
