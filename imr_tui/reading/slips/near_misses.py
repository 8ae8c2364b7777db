"""Finds misspelled words of the field: one letter off a word that letters use all the time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.tables import table
from imr_tui.reading.language.words import KeyedPatterns, words

NearMiss = tuple[tuple[int, int], str]
"""The span of a misspelled word, and the word that was meant."""

LONG = 6
"""Length from which on a word of the field is compared letter by letter.

Of a shorter one, only two letters in the wrong order are noticed.
"""
_EDGE = 3
_DOUBLED = LazyPattern(r"([a-z])\1+")
_ENDINGS = ("s", "d")
# A hyphen left from the end of a line: what follows it is no word, but the end of one.
_BROKEN = LazyPattern(
    r"(?<![\w-])([a-z]{2,})-((?:vention|[a-z]{0,4}pathy|[a-z]{0,3}tions?|[a-z]{0,3}sions?|ments?"
    r"|ness|[a-z]{0,2}ity|[a-z]{0,3}itis|[a-z]{0,3}osis|[a-z]{0,2}ology|[a-z]{0,2}ectomy|erapy"
    r"|apy|atments?|jury|juries|tients?|ically|ical|inal|ular|icular|essary|nosis|noses|idelines?"
    r"|uation|proved|cally|ence|ance|tive|sive|ious|eous)s?)(?![\w-])"
)


def differ_by_one(word: str, other: str) -> bool:
    """Whether one letter is missing, added, wrong, or changed places with the next one."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if start is None:
        return len(word) != len(other)
    rest, wanted = word[start:], other[start:]
    if rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]:
        return True
    return rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]


def single(word: str) -> str:
    """The word with every doubled letter once: doubling is the most frequent error."""
    return _DOUBLED.sub(_first, word)


def _first(match: re.Match[str]) -> str:
    return match[0][0]


class FieldWords:
    """Words of the field, found by words that are nearly the same."""

    def __init__(self, terms: Iterable[str], right: Iterable[str]) -> None:
        """Take the words of the field, and others that are right though nearly the same."""
        listed = tuple(terms)
        self._right = frozenset((*listed, *right))
        self._by_edge: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        for term in listed:
            if len(term) >= LONG:
                plain = single(term)
                for edge in (plain[:_EDGE], plain[-_EDGE:].upper()):
                    self._by_edge[edge].append((term, plain))
            else:
                self._by_letters["".join(sorted(term))].append(term)

    def meant(self, word: str) -> str | None:
        """The word of the field that a misspelled one stands for; None if the word is right."""
        word = word.removesuffix("'s")
        if word in self._right or len(word) < 4 or "'" in word:
            return None
        if len(word) < LONG and (short := self._swapped(word)):
            return short
        if len(word) < LONG - 1:
            return None
        plain = single(word)
        # An error leaves the first or the last letters as they are.
        near: tuple[tuple[str, str], ...] = (
            *self._by_edge.get(plain[:_EDGE], ()),
            *self._by_edge.get(plain[-_EDGE:].upper(), ()),
        )
        size = len(plain)
        for term, spelled in near:
            if -2 < len(spelled) - size < 2 and self._is_slip(word, plain, term, spelled):
                return term
        return None

    def _is_slip(self, word: str, plain: str, term: str, spelled: str) -> bool:
        # The first letter is rarely the wrong one, and then the word is another, or a part of one.
        if word[0] not in term[:2] or not (plain == spelled or differ_by_one(plain, spelled)):
            return False
        if _american(word) == term:
            return False
        # Another form of the word: `limits`, `limited`.
        return word not in (
            *(term + end for end in _ENDINGS),
            *(_without(term, end) for end in _ENDINGS),
        )

    def _swapped(self, word: str) -> str | None:
        near = self._by_letters.get("".join(sorted(word)), ())
        return next((term for term in near if differ_by_one(word, term)), None)


def _american(word: str) -> str:
    """The American spelling of a British word: `authorised`, `behavioural`, `anaesthesia`."""
    for british, american in (("is", "iz"), ("ys", "yz"), ("our", "or"), ("ae", "e"), ("oe", "e")):
        word = word.replace(british, american)
    return word


def _without(term: str, ending: str) -> str:
    return term[: -len(ending)] if term.endswith(ending) else term


def _table() -> dict[str, Any]:
    return table("slips/field_words")


@cache
def _field_words() -> FieldWords:
    return FieldWords(_table()["words"].split(), _table()["right"].split())


@cache
def _phrases() -> KeyedPatterns[str]:
    return KeyedPatterns((row["keys"], row["pattern"], row["meant"]) for row in _table()["phrase"])


@cache
def _fixed_phrases() -> KeyedPatterns[str]:
    listed = table("slips/fixed_phrases")["phrase"]
    return KeyedPatterns((row["keys"], row["pattern"], row["meant"]) for row in listed)


@lru_cache(maxsize=CACHE_SIZE)
def broken_phrases(text: str) -> tuple[NearMiss, ...]:
    """Find the fixed phrases in `text` that lack a key word or have another one, in order."""
    return tuple(sorted((match.span(), meant) for match, meant in _fixed_phrases().find(text)))


@lru_cache(maxsize=8192)
def _meant(word: str) -> str | None:
    return _field_words().meant(word)


@cache
def _known() -> frozenset[str]:
    return frozenset(_table()["words"].split()) | frozenset(_table()["right"].split())


@lru_cache(maxsize=CACHE_SIZE)
def near_misses(text: str) -> tuple[NearMiss, ...]:
    """Find the misspelled words of the field in `text`, each once, in order."""
    return tuple(sorted(_near_misses(text)))


def _near_misses(text: str) -> Iterator[NearMiss]:
    for word in words(text):
        if (meant := _meant(word)) and (at := _find(word, text)):
            yield at.span(), meant
    for match, meant in _phrases().find(text):
        yield match.span(), meant
    for match in _BROKEN.finditer(lowered(text)):
        joined = match[1] + match[2]
        if joined in _known():
            yield match.span(), joined


def _find(word: str, text: str) -> re.Match[str] | None:
    """Where a misspelled word stands; None inside a longer word, a code or an address."""
    apart = r"(?<![\w@./])(?:(?<!-)|(?<=\bnon-))"
    pattern = LazyPattern(rf"{apart}{re.escape(word)}(?![\w@/]|-\w|\.\w)", re.IGNORECASE)
    return pattern.search(text)
