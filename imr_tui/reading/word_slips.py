"""Finds words that became other real words, by the neighbours that only the right word has."""

from __future__ import annotations

from functools import cache, lru_cache

from imr_tui.reading.lexicon import table
from imr_tui.reading.patterns import CACHE_SIZE
from imr_tui.reading.words import KeyedPatterns, words

WordSlip = tuple[tuple[int, int], str]
"""The span of the wrong word with its neighbours, and the words that were meant."""


@cache
def _patterns() -> KeyedPatterns[tuple[str, str]]:
    listed = table("word_slips")
    shared = listed["shared"]
    return KeyedPatterns(
        (row["keys"], _filled(row["pattern"], shared), (row["meant"], row.get("beside", "")))
        for row in listed["slip"]
    )


def _filled(pattern: str, shared: dict[str, str]) -> str:
    for name, words_of_it in shared.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{words_of_it})")
    return pattern


@lru_cache(maxsize=CACHE_SIZE)
def word_slips(text: str) -> tuple[WordSlip, ...]:
    """Find the words in `text` that stand for similar ones, in order.

    Some pairs count only if the text also has the right word.
    """
    found = {
        (match.span(), meant)
        for match, (meant, beside) in _patterns().find(text)
        if not beside or beside in words(text)
    }
    return tuple(sorted(found))
