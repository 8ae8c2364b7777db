"""Sentences, lower case, grades: what the other readers stand on."""

import re

import pytest
from hypothesis import given

from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import grade, near, sentence_at, sentences
from imr_tui.reading.language.tables import table
from tests.strategies import raw_texts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Dr. Neer saw 7.5 mg. It helped.", ["Dr. Neer saw 7.5 mg.", "It helped."]),
        (
            "An injury of 2016.In a report it is so.",
            ["An injury of 2016.", "In a report it is so."],
        ),
        ('He said "no." She left!', ['He said "no."', "She left!"]),
        ("First\n\nsecond", ["First", "second"]),
        ("See p. 22, e.g. No. 4 of it.", ["See p. 22, e.g. No. 4 of it."]),
        ("Why? Because.", ["Why?", "Because."]),
        ("  ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [each.text for each in sentences(text)] == parts


@given(raw_texts)
def test_sentences_stand_where_they_say(text: str) -> None:
    for each in sentences(text):
        assert text[slice(*each.span)] == each.text
        assert sentence_at(text, each.start) == each
        assert each.text.startswith(near(text, each.start)[:10])


@given(raw_texts)
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert lowered(lowered(text)) == lowered(text)


def test_long_words_and_sentences_read_harder() -> None:
    easy = "The cat sat. The dog ran. It was fun."
    hard = (
        "Multidisciplinary rehabilitation necessitates comprehensive interdisciplinary evaluation."
    )
    assert grade(easy) < 5 < 12 < grade(hard)
    assert grade("123 456") == 0


def test_a_space_in_a_pattern_is_any_white_space() -> None:
    found = LazyPattern("low back").search("the low\n  back")
    assert found is not None
    lexicon = Lexicon([{"name": "back", "words": ["low back"]}, {"name": "low", "words": ["low"]}])
    assert [name for name, _ in lexicon.find("low \n back, low; below")] == ["back", "low"]


@pytest.mark.parametrize(
    ("words", "syllables"),
    [
        *(("still full arms tests its two", 6), ("medication therapy", 7)),
        *(("guideline approved rhythm hip", 6), ("MTUS CT", 2)),
    ],
)
def test_syllables_are_those_that_are_spoken(words: str, syllables: int) -> None:
    count = len(words.split())
    assert grade(words) == pytest.approx(0.39 * count + 11.8 * syllables / count - 15.59)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("slips/fixed_phrases", "phrase"),
        ("slips/field_words", "phrase"),
        ("slips/word_slips", "slip"),
        ("slips/leftovers", "mark"),
    ],
)
def test_patterns_for_lower_case_text_have_no_capitals(name: str, rows: str) -> None:
    patterns = [row["pattern"] for row in table(name)[rows]]
    low = [each for each in patterns if "(?-i:" not in each]
    assert low
    assert [each for each in low if re.search("[A-Z]", re.sub(r"\\.", "", each))] == []
