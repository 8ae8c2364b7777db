"""Finds words left from a form, a program, dictation or a draft."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, mask_quotations
from imr_tui.reading.language.tables import table
from imr_tui.reading.language.words import KeyedPatterns

SOURCES = {
    "ehr": "a health record system",
    "word": "a word processor",
    "dictation": "dictation",
    "snippet": "a text snippet or mail merge",
    "choice": "a choice that was not made",
    "note": "a note to the writer",
    "gap": "an empty field of a form",
}
"""What the words are left from, in words, by the name of the source."""
_OUTSIDE_QUOTATIONS = ("choice", "note", "gap")


class Leftover(NamedTuple):
    """Words that are left in a text."""

    span: tuple[int, int]
    """Their offsets."""
    source: str
    """What they are left from: a key of `SOURCES`."""
    is_certain: bool
    """Whether they are practically never right text."""


@cache
def _patterns(quoted: bool) -> KeyedPatterns[tuple[str, bool]]:
    """The patterns that are searched in quotations too, or the others."""
    return KeyedPatterns(
        (row["keys"], row["pattern"], (row["source"], row["certain"]))
        for row in table("slips/leftovers")["mark"]
        if (row["source"] not in _OUTSIDE_QUOTATIONS) is quoted
    )


@lru_cache(maxsize=CACHE_SIZE)
def leftovers(text: str) -> tuple[Leftover, ...]:
    """All leftovers in `text`, the certain ones first, then in order of the text.

    A quotation may contain choices, questions and gaps of its author.
    """
    found = sorted(_leftovers(text), key=lambda each: (not each.is_certain, each.span))
    return tuple(found)


def _leftovers(text: str) -> Iterator[Leftover]:
    for quoted, searched in ((True, text), (False, mask_quotations(text))):
        for match, (source, is_certain) in _patterns(quoted).find(text, searched):
            yield Leftover(match.span(), source, is_certain)
