"""Splits text into sentences with their offsets, and computes its reading level."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

if TYPE_CHECKING:
    from pyphen import Pyphen

SENTENCE_CACHE_SIZE = 4096
"""Cache size for results per sentence; enough that an edit of a long text recomputes one."""
REACH = 240
"""Maximum distance in characters that counts as near."""
LONGEST = 1500
"""Maximum length of a sentence in characters; a longer run of text is divided between words."""

_END = LazyPattern(
    r"(?<![.!?])[.!?]+[\"'\u201d\u2019)\]]*(?= [\"'\u201c\u2018(\[]*[A-Z0-9#]|\s*$)"
    r"|(?<=[a-z0-9)])[.!?](?=[A-Z][a-z])|\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)]) )"
)
_ABBREVIATION = LazyPattern(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Drs|vs|No|Nos|pg|pgs|pp|p|e\.g|i\.e|etc|approx|St|Ch|Sec|ed|Inc|Ltd"
    r"|Jr|Sr"
    r"|[Ff]igs?|cf|al|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|U\.S|C\.C\.R|M\.D|D\.O|D\.C"
    r"|Ph\.D)|\b[A-Z]|(?:^|\n)\s*\d{1,2})$"
)


class Sentence(NamedTuple):
    """A sentence in a text."""

    text: str
    """The words, with the final punctuation."""
    start: int
    """Offset of the first character."""

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the start and end."""
        return self.start, self.start + len(self.text)


@lru_cache(maxsize=CACHE_SIZE)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split `text` into sentences.

    The dot of an abbreviation does not end a sentence. A sentence may end without a space after it,
    and a run of more than `LONGEST` characters without an end is divided.
    """
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text, max(0, end.start() - 8), end.start()):
            continue
        start = _append(found, text, start, end.end())
    _append(found, text, start, len(text))
    return tuple(found)


def _append(found: list[Sentence], text: str, start: int, end: int) -> int:
    while end - start > LONGEST:
        # Readers compare the words of a sentence with each other.
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        _append(found, text, start, cut)
        start = cut
    body = text[start:end]
    if stripped := body.strip():
        found.append(Sentence(stripped, start + len(body) - len(body.lstrip())))
    return end


def near(text: str, at: int) -> str:
    """The part of the sentence around offset `at`, up to `REACH` characters on either side."""
    start, end = sentence_at(text, at).span
    return text[max(start, at - REACH) : min(end, at + REACH)]


def sentence_at(text: str, at: int) -> Sentence:
    """The sentence that contains offset `at`, or the last one before it."""
    found = sentences(text)
    index = bisect_right(found, at, key=lambda sentence: sentence.start)
    return found[max(index - 1, 0)] if found else Sentence(text, 0)


_WORD = LazyPattern(r"[a-z]+(?:['\u2019][a-z]+)?")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=CACHE_SIZE)
def grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid et al., 1975); 0 for a text without words."""
    words = _WORD.findall(lowered(text))
    if not words:
        return 0.0
    return _grade(len(words), len(sentences(text)), sum(map(_syllables, words)))


def may_exceed(level: float, text: str) -> bool:
    """Whether the grade of `text` may be above `level`, without loading the hyphenation."""
    low = lowered(text)
    if not (words := _WORD.findall(low)):
        return level < 0
    # A syllable has a vowel, and a word a syllable.
    most = sum(map(low.count, _VOWELS)) + sum(map(_VOWELS.isdisjoint, words))
    return _grade(len(words), len(sentences(text)), most) > level


def _grade(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    """Number of hyphenated parts with a vowel; a lone final consonant (`stil-l`) does not count."""
    parts = pairwise((0, *_hyphenation().positions(word), len(word)))
    return max(1, sum(not _VOWELS.isdisjoint(word[slice(*part)]) for part in parts))


@cache
def _hyphenation() -> Pyphen:
    # Imported here because its dictionary is slow to load and only this function needs it.
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=1, right=1)
