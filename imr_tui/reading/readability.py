"""Computes the reading level of a text, in years of school."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from imr_tui.reading.lazy_pattern import LazyPattern
from imr_tui.reading.normalize import lowered
from imr_tui.reading.sentences import CACHE_SIZE, sentences

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD = LazyPattern(r"[a-z]+(?:['\u2019][a-z]+)?")
_VOWEL = LazyPattern(r"[aeiouy]")


@lru_cache(maxsize=CACHE_SIZE)
def grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid et al., 1975); 0 for a text without words."""
    words = _WORD.findall(lowered(text))
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    """Number of hyphenated parts with a vowel; a lone final consonant (`stil-l`) does not count."""
    parts = pairwise((0, *_hyphenation().positions(word), len(word)))
    return max(1, sum(_VOWEL.search(word, *part) is not None for part in parts))


@cache
def _hyphenation() -> Pyphen:
    # Imported here because its dictionary is slow to load and only this function needs it.
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=1, right=1)
