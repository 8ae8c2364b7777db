"""The words of a search: taken apart, written out, and slips of the keyboard forgiven."""

from itertools import chain

import pytest
from hypothesis import given, strategies as st

from imr_tui.catalogue.inverted_index import expand, is_typo_of, phrase, split
from imr_tui.catalogue.tables import table
from tests.rows import each_row

ABBREVIATIONS: dict[str, str] = table("abbreviations")["abbreviations"]
_letters = "abcdefghijklmnopqrstuvwxyz"


def words(least: int, most: int = 12, alphabet: str = _letters) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=least, max_size=most)


# Taken apart


@each_row(
    ("text", "parts"),
    [
        ("", []),
        (" \t\n", []),
        ("...", []),
        ("Low Back", ["low", "back"]),
        ("LOW-BACK/neck", ["low", "back", "neck"]),
        ("9792.24.2", ["9792.24.2"]),
        ("9792.21(a)(2)", ["9792.21", "a", "2"]),
        ("24.2.", ["24.2"]),
        ("..24", ["24"]),
        ("PM&R", ["pm&r"]),
        ("knee & leg", ["knee", "leg"]),
        ("&c.", ["c"]),
        ("H-wave", ["h", "wave"]),
        ("x_ray", ["x", "ray"]),
        ("ACOEM's", ["acoem", "s"]),
        ("Opioids, criteria for use:", ["opioids", "criteria", "for", "use"]),
        ("Straße", ["strasse"]),
        ("Núñez", ["núñez"]),
        ("漢字 2", ["漢字", "2"]),
        ("[b]{{x}}\x1b[31m", ["b", "x", "31m"]),
        ("p.r.n.", ["p.r.n"]),
    ],
)
def test_split(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.text())
def test_words_are_taken_apart_once(text: str) -> None:
    parts = split(text)
    assert split(" ".join(parts)) == parts
    assert all(part and not part.isspace() for part in parts)


def test_a_phrase_in_another_means_whole_words() -> None:
    assert phrase("Low  BACK.") == " low back "
    assert phrase("back") in phrase("Low back complaints")
    assert phrase("ack") not in phrase("Low back complaints")


# Written out


def test_every_abbreviation_is_written_out() -> None:
    assert ABBREVIATIONS
    for short, meaning in ABBREVIATIONS.items():
        assert split(short) == [short.casefold()], "it is no single word, so nobody can type it"
        assert expand(short.casefold()) == tuple(split(meaning))
        assert expand(short.casefold())


def test_abbreviations_are_listed_once() -> None:
    assert len({short.casefold() for short in ABBREVIATIONS}) == len(ABBREVIATIONS)


def test_an_abbreviation_does_not_stand_for_itself() -> None:
    for short in ABBREVIATIONS:
        assert short.casefold() not in expand(short.casefold())


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("esi", "epidural steroid injection"),
        ("pt", "physical therapy"),
        ("pm&r", "physical medicine"),
        ("lbp", "low back"),
        ("nsaids", "non steroidal anti inflammatory"),
        ("es", ""),
        ("esis", ""),
        ("epidural", ""),
        ("", ""),
    ],
)
def test_written_out(word: str, meaning: str) -> None:
    assert expand(word) == tuple(meaning.split())


# Slips

SLIPS = [
    # One letter too many, too few, wrong, swapped; at the beginning, inside, at the end.
    *(("lumbbar", "lumbar"), ("xlumbar", "lumbar"), ("lumbarr", "lumbar"), ("lumbarx", "lumbar")),
    *(("lumar", "lumbar"), ("umbar", "lumbar"), ("lumba", "lumbar")),
    *(("lumbor", "lumbar"), ("tumbar", "lumbar"), ("lumbax", "lumbar")),
    *(("lubmar", "lumbar"), ("ulmbar", "lumbar"), ("lumbra", "lumbar")),
    # The word goes on.
    *(("accup", "acupuncture"), ("acpu", "acupuncture"), ("opiod", "opioids")),
    *(("elbow", "elbow"), ("elbo", "elbow"), ("neckk", "neck"), ("nekc", "neck")),
    # Two from eight letters.
    *(("accupunctur", "acupuncture"), ("acupunkturr", "acupuncture")),
    *(("accupucture", "acupuncture"), ("caupuncutre", "acupuncture")),
    *(("aupuncure", "acupuncture"), ("postsergicl", "postsurgical"), ("epideral", "epidural")),
    *(("epidrual", "epidural"), ("pidurall", "epidural"), ("epdiurla", "epidural")),
]
NO_SLIPS = [
    # Two in a word of fewer than eight letters.
    *(("lumborr", "lumbar"), ("lbmar", "lumbar"), ("ubmlar", "lumbar"), ("epidrul", "epidural")),
    *(("lmbor", "lumbar"), ("xlumbor", "lumbar"), ("abcd", "neck")),
    # Three in a longer one.
    *(("akkupunkt", "acupuncture"), ("postsergickle", "postsurgical")),
    # A word of fewer than four letters has none.
    *(("", "neck"), ("n", "neck"), ("nec", "neck"), ("nek", "neck"), ("nce", "neck")),
    # Nor has one with digits, or with a dot.
    *(("9792", "9792"), ("24.22", "24.2"), ("cox2s", "cox2"), ("pm&rs", "pm&r"), ("l4l5", "l4l5")),
    *(("97922", "9792"), ("neck", ""), ("neck", "knee"), ("back", "neck")),
]


@each_row(("typed", "word"), SLIPS)
def test_a_slip(typed: str, word: str) -> None:
    assert is_typo_of(typed, word)


@each_row(("typed", "word"), NO_SLIPS)
def test_no_slip(typed: str, word: str) -> None:
    assert not is_typo_of(typed, word)


@given(words(4), words(0))
def test_a_word_is_a_slip_of_itself_and_of_what_goes_on(word: str, rest: str) -> None:
    assert is_typo_of(word, word)
    assert is_typo_of(word, word + rest)


@given(words(4), words(0, 3), st.data())
def test_one_letter_too_many_too_few_wrong_or_swapped(
    word: str, rest: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(_letters))
    assert is_typo_of(word, word[:at] + word[at + 1 :])
    assert is_typo_of(word, word[:at] + word[at + 1 :] + rest)
    assert is_typo_of(word, word[:at] + letter + word[at:] + rest)
    assert is_typo_of(word, word[:at] + letter + word[at + 1 :] + rest)
    assert is_typo_of(word, word[:at] + word[at : at + 2][::-1] + word[at + 2 :] + rest)
    if len(word) > 4:
        assert is_typo_of(word[:at] + word[at + 1 :], word + rest)


def one_slip(typed: str, alphabet: str) -> set[str]:
    """`typed`, and all that it may have been meant for, one slip away."""
    places = range(len(typed) + 1)
    return {typed} | set(
        chain(
            (typed[:at] + typed[at + 1 :] for at in places),
            (typed[:at] + letter + typed[at:] for at in places for letter in alphabet),
            (typed[:at] + letter + typed[at + 1 :] for at in places for letter in alphabet),
            (typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :] for at in places),
        )
    )


@given(words(4, 7, "abc"), words(0, 9, "abc"))
def test_nothing_else_is_a_slip(typed: str, word: str) -> None:
    meant = one_slip(typed, "abc")
    assert is_typo_of(typed, word) is any(word.startswith(each) for each in meant)


@given(words(8, 9, "ab"), words(0, 11, "ab"))
def test_nothing_else_is_two_slips(typed: str, word: str) -> None:
    meant = {twice for once in one_slip(typed, "ab") for twice in one_slip(once, "ab")}
    if is_typo_of(typed, word):
        assert any(word.startswith(each) for each in meant)


@given(words(0, 3) | st.from_regex(r"[a-z]{0,9}[0-9][a-z]{0,9}", fullmatch=True))
def test_a_short_word_and_one_with_digits_has_no_slip(word: str) -> None:
    assert not is_typo_of(word, word)


@given(st.text(), st.text())
def test_any_two_words_are_compared(typed: str, word: str) -> None:
    assert is_typo_of(typed, word) in (True, False)


def test_long_words_are_compared() -> None:
    assert is_typo_of("a" * 5_000, "a" * 5_000 + "b")
    assert not is_typo_of("a" * 5_000, "b" * 5_000)
    assert not is_typo_of("abc" * 1_700, "bca" * 500 + "x" + "bac" * 900)
