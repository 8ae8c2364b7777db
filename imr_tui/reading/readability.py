"""How hard a text reads, in years of school."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.normalize import lowered
from imr_tui.reading.sentences import KEPT, sentences

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD = Wording(r"[a-z]+(?:['\u2019][a-z]+)?")
_VOWEL = Wording(r"[aeiouy]")


@lru_cache(maxsize=KEPT)
def grade(text: str) -> float:
    """The grade level of Kincaid and others (1975), after Flesch; 0 for a text without words."""
    words = _WORD.findall(lowered(text))
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    """The parts of a word that hold a vowel; a last letter of its own is none: `stil-l`."""
    parts = pairwise((0, *_hyphenation().positions(word), len(word)))
    return max(1, sum(_VOWEL.search(word, *part) is not None for part in parts))


@cache
def _hyphenation() -> Pyphen:
    # Loaded here because its dictionary is slow to read, and only this asks for it.
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=1, right=1)
