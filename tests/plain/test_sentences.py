"""Numbered sentences: the numbers cover the text, and nothing else of it ever changes."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from imr_tui.plain.sentences import (
    Numbers,
    count,
    counted,
    inserted,
    numbered,
    parts_after,
    read_numbers,
    replaced,
    without,
    words_of,
)
from imr_tui.reading.language.sentences import sentences
from tests.strategies import texts as any_texts

NOTE = (
    "Dr. Smith examined the knee, e.g. on 10/23/2013. The MRI showed a tear of 1.5 cm.\n\n"
    "Physical therapy helped little. Therefore, the request is medically necessary."
)
WORDS = ("Knee", "pain", "of", "Dr.", "e.g.", "No.", "3.5", "mg", "improved", "(left)", "vs.")


@st.composite
def sound(draw: st.DrawFn) -> str:
    """A sentence that is one wherever it stands."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=6))
    return f"{' '.join(['Then', *words, 'rested'])}{draw(st.sampled_from('.?!'))}"


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A text of such sentences in paragraphs, with blanks around it."""
    gaps = st.sampled_from([" ", "\n\n", "\n \n", "\n\n\n"])
    parts = [draw(sound())]
    for _ in range(draw(st.integers(0, 6))):
        parts += [draw(gaps), draw(sound())]
    return (
        draw(st.sampled_from(["", " ", "\n"])) + "".join(parts) + draw(st.sampled_from(["", "\n"]))
    )


def every_range(many: int) -> list[Numbers]:
    return [Numbers(first, last) for first in range(1, many + 1) for last in range(first, many + 1)]


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_read_by_numbers() -> None:
    assert numbered(NOTE) == (
        "1. Dr. Smith examined the knee, e.g. on 10/23/2013.",
        "2. The MRI showed a tear of 1.5 cm.",
        "",
        "3. Physical therapy helped little.",
        "4. Therefore, the request is medically necessary.",
    )
    assert counted(NOTE) == "4 sentences"
    assert [counted(text) for text in ("", "One.")] == ["no sentence", "1 sentence"]


@given(any_texts)
def test_the_numbers_cover_the_whole_text(text: str) -> None:
    spoken = [line.partition(". ")[2] for line in numbered(text) if line]
    assert "".join("".join(spoken).split()) == "".join(text.split())
    numbers = [int(line.partition(".")[0]) for line in numbered(text) if line]
    assert numbers == list(range(1, count(text) + 1))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("1", (1, 1)), (" 4 ", (4, 4)), ("2-4", (2, 4)), ("2 - 3", (2, 3))],
)
def test_numbers_are_read(typed: str, numbers: tuple[int, int]) -> None:
    assert read_numbers(typed, NOTE) == Numbers(*numbers)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type the number of a sentence, 1 to 4, or several as 2-4."),
        ("x", "Type the number"),
        ("-1", "Type the number"),
        ("0", "The text has 4 sentences, so there is no 0."),
        ("5", "The text has 4 sentences, so there is no 5."),
        ("3-2", "The text has 4 sentences, so there is no 3-2."),
        ("1-9", "so there is no 1-9."),
        ("9999999", "Type the number"),
    ],
)
def test_numbers_that_name_nothing_are_refused(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        read_numbers(typed, NOTE)


def test_a_blank_text_has_no_numbers() -> None:
    with pytest.raises(ValueError, match="no sentence yet"):
        read_numbers("1", " \n")


# ── Changes ──────────────────────────────────────────────────────────────────────────────────


@given(any_texts)
def test_replacing_sentences_by_themselves_changes_no_byte(text: str) -> None:
    for numbers in every_range(count(text)):
        assert replaced(text, numbers, words_of(text, numbers)) == text


@given(notes(), sound())
def test_a_replacement_changes_nothing_else(text: str, new: str) -> None:
    before = sentences(text)
    for numbers in every_range(len(before)):
        after = replaced(text, numbers, new)
        start, end = before[numbers.first - 1].start, before[numbers.last - 1].span[1]
        assert after[:start] == text[:start]
        assert after[start:] == new + text[end:]


@given(notes(), sound())
def test_what_is_inserted_and_deleted_again_leaves_no_trace(text: str, new: str) -> None:
    for number in range(count(text) + 1):
        after = inserted(text, number, new)
        assert sentences(after)[number].text == new
        assert count(after) == count(text) + 1
        assert without(after, Numbers(number + 1, number + 1)) == text


@given(notes())
def test_what_is_deleted_and_inserted_again_is_restored(text: str) -> None:
    found = sentences(text)
    for number, (one, other) in enumerate(pairwise(found), 2):
        if text[one.span[1] : other.start] == " ":
            numbers = Numbers(number, number)
            less = without(text, numbers)
            assert count(less) == len(found) - 1
            assert inserted(less, number - 1, other.text) == text


@given(notes())
def test_the_other_sentences_stay_when_some_are_deleted(text: str) -> None:
    before = [each.text for each in sentences(text)]
    for numbers in every_range(len(before)):
        after = without(text, numbers)
        kept = before[: numbers.first - 1] + before[numbers.last :]
        assert [each.text for each in sentences(after)] == kept


def test_paragraphs_stay_divided() -> None:
    assert without(NOTE, Numbers(3, 3)).endswith(
        "1.5 cm.\n\nTherefore, the request is medically necessary."
    )
    assert "2013.\n\nPhysical" in without(NOTE, Numbers(2, 2))
    assert inserted(NOTE, 2, "It is old.").endswith(
        "of 1.5 cm. It is old.\n\nPhysical therapy helped little. Therefore, the request is "
        "medically necessary."
    )


def test_the_first_sentence_of_a_text_is_inserted_alone() -> None:
    assert parts_after(" \n", 0) == ("", "")
    assert inserted("", 0, "New.") == "New."
