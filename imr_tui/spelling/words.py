"""The words of a text whose spelling is checked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

SHORTEST = 4
"""Letters of the shortest word that is checked; shorter ones are mostly abbreviations."""
LONGEST = 40
"""Letters of the longest word that is checked; the longest word of medicine has fewer."""

# Words in small letters, joined by hyphens or not. Not a part of an address, a path or a code.
_RUN = LazyPattern(
    r"(?<![\w@./\\#&'\u2019-])[a-z]+(?:-[a-z]+)*(?=(?:['\u2019]s)?(?!['\u2019]?\w|[@/\\#&]|-\w|\.\w))"
)
_PART = re.compile(rf"(?<![a-z])[a-z]{{{SHORTEST},{LONGEST}}}(?![a-z])")


class Word(NamedTuple):
    """A word of a text."""

    text: str
    """The word: small letters from a to z."""
    span: tuple[int, int]
    """Offsets of the word."""


@lru_cache(maxsize=CACHE_SIZE)
def checked_words(text: str) -> tuple[Word, ...]:
    """The words of `text` in small letters, in order, with the parts of hyphenated ones.

    Words with a capital, a digit or an accent are left out: they are names, codes and foreign.
    """
    return tuple(
        Word(part[0], part.span())
        for run in _RUN.finditer(text)
        for part in _PART.finditer(text, *run.span())
    )


def is_checked(word: str) -> bool:
    """Whether `word` is such a word, alone."""
    return _PART.fullmatch(word) is not None
