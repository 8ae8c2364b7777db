"""Finding words in a text: compared to a slow definition, and examples."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from imr_tui.text.search import find

PIECES = [*"aAsSiIeE' \n", "ß", "ï", "i\u0308", "é", "e\u0301\u0323", "İ", "ﬁ", "’", "\u0301", "漢"]
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
words = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)


def plain(text: str) -> str:
    """A text in lower case without accents, with the apostrophe of keyboards."""
    for _ in range(2):
        parts = unicodedata.normalize("NFD", text.replace("’", "'"))
        text = "".join(each for each in parts if not unicodedata.combining(each)).casefold()
    return text


def edges(text: str) -> list[int]:
    """The offsets at which a character begins, and the end; not those of combining marks."""
    return [
        at for at in range(len(text) + 1) if at == len(text) or not unicodedata.combining(text[at])
    ]


def slowly(text: str, sought: str) -> list[tuple[int, int]]:
    """Every pair of edges with the sought words between them, from the left, without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in combinations(edges(text), 2):
        is_free = not found or start >= found[-1][1]
        if plain(sought) and plain(text[start:end]) == plain(sought) and is_free:
            found.append((start, end))
    return found


@given(texts, words)
def test_it_finds_what_the_slow_definition_finds(text: str, sought: str) -> None:
    assert list(find(text, sought)) == slowly(text, sought)


@pytest.mark.parametrize(
    ("text", "sought", "spans"),
    [
        ("naïve NAI\u0308VE", "naive", ((0, 5), (6, 12))),
        ("naive", "naïve", ((0, 5),)),
        ("Straße", "STRASSE", ((0, 6),)),
        ("ß", "s", ()),
        ("cafe\u0301 x", "cafe", ((0, 5),)),
        ("patient’s", "patient's", ((0, 9),)),
        ("a.c abc", "a.c", ((0, 3),)),
        ("aaa", "aa", ((0, 2),)),
        ("anything", "", ()),
        ("anything", "\u0301", ()),
    ],
)
def test_examples(text: str, sought: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert find(text, sought) == spans
