"""Finds misspelled names of drugs: known misspellings, and words close to a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from imr_tui.reading.drugs.drug_table import Drug, class_words, known_drugs, similar_words
from imr_tui.reading.drugs.drugs import Mention, drugs, words
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

_SHORT = 6
"""Letters of a name that is too short to recognize a misspelling without a dose."""
_LONG = 10
"""Letters of a name that is recognized with two errors."""
_LEAST = 4
_WORD = re.compile(rf"(?<![\w@/.-])[A-Za-z]{{{_LEAST},}}(?![\w@])")
_DOSE = LazyPattern(
    r"[ ,-]{0,2}(?:(?:tablets?|capsules?|ER|XR|SR|CR|ODT|HCL) )?"
    r"(?:\d[\d.,]*(?:/\d[\d.]*)?\s*-?(?:mg|mcg|ml|%|units?)|#\s?\d)",
    re.IGNORECASE,
)


class Misspelling(NamedTuple):
    """A misspelled name of a drug."""

    word: str
    """The word as written."""
    name: str
    """The name as it should be written."""
    drug: Drug
    """The drug of that name."""
    span: tuple[int, int]
    """Offsets of the word."""
    is_certain: bool
    """Whether the word can mean nothing else; otherwise the drug must be named elsewhere."""


@lru_cache(maxsize=CACHE_SIZE)
def misspelled_drugs(text: str) -> tuple[Misspelling, ...]:
    """The misspelled names of drugs in `text`, in order.

    A word is one if it is listed as a misspelling, or differs from the name of a drug by one letter
    or two transposed letters; by two of them, if the name has at least ten letters. Words of the
    language and other drugs that are so similar are listed, too, and are never reported.
    """
    return tuple(sorted((*_listed(text), *_similar(text)), key=lambda found: found.span))


def _listed(text: str) -> Iterator[Misspelling]:
    for mention in drugs(text):
        word = text[slice(*mention.span)]
        name = _listed_misspellings().get(word.lower())
        if name:
            yield Misspelling(word, name, mention.drug, mention.span, True)


def _similar(text: str) -> Iterator[Misspelling]:
    for match in _WORD.finditer(text):
        meant = _nearest(match[0].lower())
        if meant is None or any(_is_in(match, mention) for mention in drugs(text)):
            continue
        name, drug = meant
        has_dose = _DOSE.match(text, match.end()) is not None
        is_written_alike = match[0][0].isupper() or name.islower()
        least = _LEAST if has_dose else _SHORT
        if len(name) >= least and (is_written_alike or (has_dose and len(name) > _LEAST)):
            yield Misspelling(match[0], name, drug, match.span(), has_dose or len(name) > _SHORT)


def _is_in(match: re.Match[str], mention: Mention) -> bool:
    return mention.span[0] <= match.start() < mention.span[1]


@cache
def _listed_misspellings() -> Mapping[str, str]:
    """The right name for every listed misspelling: the brand or generic name closest to it."""
    return {
        wrong.lower(): min(drug.spellings, key=lambda name: _errors(wrong.lower(), name.lower()))
        for drug in known_drugs()
        for wrong in drug.misspelled
    }


@lru_cache(maxsize=8192)
def _nearest(word: str) -> tuple[str, Drug] | None:
    """The name that `word` misspells, with its drug; None for any other word."""
    mine = _letters(word)
    for size, heads, tails in _names_of_about(len(word)):
        head, tail = heads.get(word[:size]), tails.get(word[-size:])
        if not head and not tail:
            continue
        for low, name, drug, letters in (*(head or ()), *(tail or ())):
            most = 2 if len(name) >= _LONG else 1
            # An error changes the set of letters by two at most.
            if (letters ^ mine).bit_count() <= 2 * most and _is_within(most, word, low):
                known = word in _ordinary() or (word[-1] == "s" and word[:-1] in _ordinary())
                return None if known else (name, drug)
    return None


@cache
def _ordinary() -> frozenset[str]:
    """All words that are spelled correctly as far as the table knows."""
    named = (name for drug in known_drugs() for name in drug.names)
    classes = (name for names in class_words().values() for name in names)
    parts = (part for name in (*named, *classes) for part in words(name))
    return frozenset(parts) | similar_words()


_Names = Mapping[str, Sequence[tuple[str, str, Drug, int]]]
"""By a part of a name, the names in lower case and as written, their drugs and their letters."""


def _letters(word: str) -> int:
    """The set of letters of a word, a bit for each."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


@cache
def _names_of_about(length: int) -> Sequence[tuple[int, _Names, _Names]]:
    """For each length of a name that a word of `length` may misspell, the names by their parts.

    An error in one part leaves the other as it is, so that the names are found by either part.
    """
    most = 2 if length >= _LONG - 2 else 1
    lengths = range(max(_LEAST, length - most), length + most + 1)
    return [(_half(each), *_parts(each)) for each in lengths if each in _by_length()]


@cache
def _parts(length: int) -> tuple[_Names, _Names]:
    """The names of that length by their first part, and by their last."""
    heads: dict[str, list[tuple[str, str, Drug, int]]] = {}
    tails: dict[str, list[tuple[str, str, Drug, int]]] = {}
    for name, drug in _by_length()[length]:
        entry = (low := name.lower()), name, drug, _letters(low)
        heads.setdefault(low[: _half(length)], []).append(entry)
        tails.setdefault(low[-_half(length) :], []).append(entry)
    return heads, tails


@cache
def _by_length() -> Mapping[int, Sequence[tuple[str, Drug]]]:
    """The names of one word by their length."""
    found: dict[int, list[tuple[str, Drug]]] = {}
    for drug in known_drugs():
        for name in drug.spellings:
            if len(name) >= _LEAST and name.isalpha():
                found.setdefault(len(name), []).append((name, drug))
    return found


def _half(length: int) -> int:
    """Letters of a part, so that no transposition can touch both the first and the last part."""
    return max(1, (length - 1) // 2)


def _errors(word: str, name: str) -> int:
    """The number of errors in `word`, up to three."""
    return next((count for count in (0, 1, 2) if _is_within(count, word, name)), 3)


def _is_within(most: int, word: str, name: str) -> bool:
    """Whether `word` becomes `name` by at most so many changed, added, lost or swapped letters."""
    if word == name:
        return True
    if abs(len(word) - len(name)) > most or not most:
        return False
    word, name = _without_common_start(word, name)
    rest = most - 1
    return (
        _is_within(rest, word[1:], name[1:])
        or _is_within(rest, word[1:], name)
        or _is_within(rest, word, name[1:])
        or (word[:2] == name[1::-1] and _is_within(rest, word[2:], name[2:]))
    )


def _without_common_start(word: str, name: str) -> tuple[str, str]:
    at = 0
    for one, other in zip(word, name, strict=False):
        if one != other:
            break
        at += 1
    return word[at:], name[at:]
