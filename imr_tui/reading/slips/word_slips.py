"""Finds words that became other real words, by the neighbours that only the right word has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE
from imr_tui.reading.language.tables import table
from imr_tui.reading.language.words import KeyedPatterns, words

WordSlip = tuple[tuple[int, int], str]
"""The span of the wrong word with its neighbours, and the words that were meant."""


@cache
def _patterns() -> KeyedPatterns[tuple[str, str]]:
    listed = table("slips/word_slips")
    shared = listed["shared"]
    rows = [
        (row["keys"], row["pattern"], row["meant"], row.get("beside", "")) for row in listed["slip"]
    ]
    return KeyedPatterns(
        (keys, _filled(pattern, shared), (meant, beside))
        for keys, pattern, meant, beside in (*rows, *_pairs())
    )


def _pairs() -> Iterator[tuple[str, str, str, str]]:
    """The rows of `word_pairs.toml` as those of `word_slips.toml`."""
    for wrong, meant, contexts, *keys in table("slips/word_pairs")["pairs"]:
        pattern = rf"(?<![\w-])(?:{contexts.replace('_', f'(?:{wrong})')})(?!\w)"
        yield (keys[0] if keys else wrong.replace("|", " ")), pattern, meant, ""


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
