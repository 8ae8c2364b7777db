"""Matches abbreviations with the words that they stand for."""

from __future__ import annotations

from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

LEAST = 3
"""Letters of an abbreviation that is recognized by the initials of words."""
_SHORT = LazyPattern(rf"(?<![\w-])[A-Z]{{{LEAST},6}}(?![\w-])")
_WORD = LazyPattern(r"[a-z]+")
_JOINING = frozenset(("a", "an", "and", "for", "in", "of", "the", "to", "with"))


@lru_cache(maxsize=4 * CACHE_SIZE)
def abbreviations(text: str) -> frozenset[str]:
    """The words in capitals with three to six letters, in lower case."""
    return frozenset(lowered(word) for word in _SHORT.findall(text))


@lru_cache(maxsize=4 * CACHE_SIZE)
def initials(text: str) -> str:
    """The initials of all words of `text`; after a space, those without words such as "of"."""
    found = _WORD.findall(lowered(text))
    short = (word[0] for word in found if word not in _JOINING)
    return f"{''.join(word[0] for word in found)} {''.join(short)}"


def share_abbreviation(one: str, other: str) -> bool:
    """Whether one text spells out an abbreviation of the other: "BMP", "basic metabolic panel"."""
    return _spells_out(one, other) or _spells_out(other, one)


def _spells_out(text: str, other: str) -> bool:
    return any(short in initials(text) for short in abbreviations(other))
