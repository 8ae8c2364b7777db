"""The words whose spelling is checked, and the words that are right in any case."""

import re

import pytest
from hypothesis import given, strategies as st

from imr_tui.spelling.answers import MAX_SUGGESTIONS, Answers
from imr_tui.spelling.known_words import known_words
from imr_tui.spelling.own_words import MAX_BYTES, MAX_WORDS, encode, name_words, parse
from imr_tui.spelling.words import LONGEST, checked_words, is_checked


def found(text: str) -> list[str]:
    return [word.text for word in checked_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The neck was swolen and sore.", ["neck", "swolen", "sore"]),
        ("Swolen SWOLEN and MRIs", []),
        ("a one two", []),
        ("swolen1 2nd b12cell x_rayed", []),
        ("well-being of the worker's neck", ["well", "being", "worker", "neck"]),
        ("it wasn't, they don\u2019t", ["they"]),
        ("me@home.example www.example.org docs/path path/docs #mark", []),
        ("naïve swolénx", []),
        ("(tender) \u201csore\u201d neck.", ["tender", "sore", "neck"]),
        ("x" * (LONGEST + 1), []),
        ("", []),
    ],
)
def test_which_words_are_checked(text: str, words: list[str]) -> None:
    assert found(text) == words


@given(st.text())
def test_each_word_is_where_it_says_and_safe_to_send(text: str) -> None:
    for word in checked_words(text):
        assert text[slice(*word.span)] == word.text
        assert re.fullmatch("[a-z]{4,40}", word.text)
        assert is_checked(word.text)


@pytest.mark.parametrize(
    "word",
    [
        *("gabapentin", "norco", "epicondylitis", "lumbosacral", "acupuncture", "orthopedic"),
        *("ibuprofen", "radiculopathy", "opioids", "arthroscopy"),
    ],
)
def test_words_of_the_field_are_known(word: str) -> None:
    assert word in known_words()


@pytest.mark.parametrize("word", ["evaluat", "hospitali", "extremit", "swolen", "acetominophen"])
def test_parts_of_patterns_and_misspellings_are_not_known(word: str) -> None:
    assert word not in known_words()


# ── The answers of a session ─────────────────────────────────────────────────────────────


def test_a_word_is_looked_up_once_and_known_words_never() -> None:
    answers = Answers()
    assert answers.unknown(["swolen", "gabapentin", "swolen", "purple"]) == ["swolen", "purple"]
    answers.add({"swolen": ("swollen",), "purple": None})
    assert answers.unanswered(["swolen", "purple", "gabapentin"]) == []
    assert answers.misspelled == {"swolen": ("swollen",)}


def test_words_of_the_reviewer_are_right_from_then_on() -> None:
    answers = Answers()
    answers.add({"swolen": (), "tendr": ()})
    before = answers.misspelled
    answers.accept(["swolen", "later"])
    assert answers.misspelled == {"tendr": ()}
    assert answers.unanswered(["later"]) == []
    assert set(before) == {"swolen", "tendr"}


def test_words_of_the_field_are_suggested_first_and_only_a_few() -> None:
    answers = Answers()
    listed = ("patens", "patina", "patients", "patent", "patter", "pattern")
    answers.add({"patiens": listed})
    assert answers.misspelled["patiens"][0] == "patients"
    assert len(answers.misspelled["patiens"]) == MAX_SUGGESTIONS


def test_a_session_looks_up_a_limited_number_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imr_tui.spelling.answers.MAX_WORDS", 2)
    answers = Answers()
    answers.add({"qqqa": (), "qqqb": ()})
    assert answers.unanswered(["qqqc"]) == []


# ── The words of the reviewer ────────────────────────────────────────────────────────────


def test_a_file_of_words() -> None:
    assert parse("rolfing\n\nBotox\r\nna\u00efve\nx-ray\n".encode()) == {
        *("rolfing", "botox", "na\u00efve", "x-ray")
    }
    assert parse(b"") == frozenset()


@given(st.frozensets(st.from_regex("[a-z]{4,40}", fullmatch=True)))
def test_words_come_back(words: frozenset[str]) -> None:
    assert parse(encode(words)) == words


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"good\n\xff\xfe\x00\n", "line 2: this is not UTF-8"),
        (b"good\ntwo words\n", "line 2: this is not a single word"),
        (b"a\nb\nc\x00d\n", "line 3: this is not a single word"),
        (b"x" * 41, "line 1: a word has at most 40 letters"),
        (b"\x1b[31m\n", "line 1: this is not a single word"),
        (b"x" * (MAX_BYTES + 1), "the file is too long"),
        (b"abcd\n" * (MAX_WORDS + 1), "line 10,001: the file is too long"),
    ],
)
def test_other_content_is_refused_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse(data)


@given(st.binary(max_size=300))
def test_any_content_is_read_or_refused_with_a_line(data: bytes) -> None:
    try:
        words = parse(data)
    except ValueError as error:
        words = frozenset()
        is_said = re.match(r"line [\d,]+: ", str(error)) is not None
    else:
        is_said = True
    assert is_said
    assert all(len(word) <= LONGEST for word in words)


def test_the_words_of_names() -> None:
    assert name_words(["Sampleton, Robin", "Dr. O'Neill-Baker MD"]) == {
        *("sampleton", "robin", "neill", "baker")
    }
