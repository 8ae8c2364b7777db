"""The words of a text, and patterns that are searched only in texts with one of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered, unaccented

T = TypeVar("T")

REACH = 120
"""Maximum distance in characters between a key and the ends of a match."""
MARGIN = 30
"""Characters searched beyond, for what follows a match."""

_WORD = LazyPattern(r"[a-z]+(?:'[a-z]+)?")


@lru_cache(maxsize=CACHE_SIZE)
def words(text: str) -> frozenset[str]:
    """The different words of `text` in lower case, without digits."""
    return frozenset(_WORD.findall(lowered(unaccented(text))))


class KeyedPatterns(Generic[T]):
    """Patterns with a value each, which are searched only around their keys.

    Most texts hold no key of most patterns, so that these are not even compiled. Patterns are in
    lower case, and match text in either; only one with `(?-i:...)` searches the text as written. A
    match must be near a key, and shorter than `REACH`.
    """

    def __init__(self, rows: Iterable[tuple[str, str, T]]) -> None:
        r"""Take rows of keys separated by spaces, pattern and value.

        A key of small letters is a word of the text; any other is a part of the text, in which
        `\s` stands for a space.
        """
        self._by_word: dict[str, list[int]] = {}
        self._by_head: dict[str, dict[str, list[int]]] = {}
        self._rows: list[tuple[LazyPattern, bool, T]] = []
        for number, (keys, pattern, value) in enumerate(rows):
            # A pattern that ignores case is much slower than one for lower-case text.
            is_low = "(?-i:" not in pattern
            lazy = LazyPattern(pattern, 0 if is_low else re.IGNORECASE)
            self._rows.append((lazy, is_low, value))
            for key in keys.split():
                is_word = key.isascii() and key.isalpha() and key.islower()
                sign = key.replace(r"\s", " ")
                by_key = self._by_word if is_word else self._by_head.setdefault(_head(sign), {})
                by_key.setdefault(sign, []).append(number)

    def find(self, text: str, searched: str | None = None) -> Iterator[tuple[re.Match[str], T]]:
        """Yield every match with the value of its pattern, by pattern.

        `searched` is `text` with some parts masked, which are not to be searched.
        """
        searched = text if searched is None else searched
        low = lowered(searched)
        for number, places in sorted(self._places(text).items()):
            pattern, is_low, value = self._rows[number]
            for start, end in _around(sorted(places), len(text)):
                for match in pattern.finditer(low if is_low else searched, start, end):
                    # The end of what is searched is not the end of the text.
                    if match.end() <= end - MARGIN or end == len(text):
                        yield match, value

    def _places(self, text: str) -> dict[int, list[int]]:
        """The offsets of the keys of each pattern whose keys are there, by its number."""
        found: dict[int, list[int]] = {}
        low = lowered(text)
        present = words(text)
        for key in self._by_word.keys() & present:
            _add(found, self._by_word[key], low, key)
        heads = self._by_head.keys()
        for head in (heads & present) | (heads & frozenset(text)):
            for sign, numbers in self._by_head[head].items():
                if sign in text:
                    _add(found, numbers, text, sign)
        return found


def _head(sign: str) -> str:
    """The first word of a sign, or its first character: most texts do not even have this."""
    first = _WORD.match(sign.lower())
    return first[0] if first else sign[0]


def _add(found: dict[int, list[int]], numbers: list[int], text: str, key: str) -> None:
    places = []
    at = text.find(key)
    while at >= 0:
        places.append(at)
        at = text.find(key, at + len(key))
    for number in numbers:
        found.setdefault(number, []).extend(places)


def _around(places: list[int], length: int) -> Iterator[tuple[int, int]]:
    """The parts of a text to search around sorted offsets, which do not overlap."""
    start = end = -1
    for place in places:
        if place - REACH > end:
            if end >= 0:
                yield start, end
            start = max(0, place - REACH)
        end = min(length, place + REACH + MARGIN)
    if end >= 0:
        yield start, end
