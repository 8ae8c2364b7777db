"""Finds names by the words for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from imr_tui.reading.language.beginnings import LENGTH, beginnings
from imr_tui.reading.language.patterns import CACHE_SIZE


class Lexicon:
    """Finds names in lower-case text; if several match the same words, the first in order wins."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._words = [(row["name"], words) for row in rows for words in row["words"]]
        self._starting: dict[str, list[int]] = {}
        for at, (_, words) in enumerate(self._words):
            for beginning in beginnings(words):
                self._starting.setdefault(beginning, []).append(at)
        self._patterns: dict[str, _Tried] = {}

    def find(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield each name whose words occur in `text`, with the match, in order."""
        end = 0
        patterns = self._patterns
        for at, beginning in _word_starts(text):
            tried = patterns[beginning] if beginning in patterns else self._tried(beginning)
            if tried and at >= end and (match := tried[0].match(text, at)):
                end = match.end()
                yield tried[1][(match.lastindex or 1) - 1], match

    def _tried(self, beginning: str) -> _Tried:
        """The pattern of all words that may begin like this, with their names."""
        keys = (beginning, *(f"{beginning[:length]}*" for length in range(LENGTH)))
        tried = sorted({at for key in keys for at in self._starting.get(key, ())})
        words = "|".join(f"({self._words[at][1]})" for at in tried)
        words = words.replace(" ?", r"\s*").replace(" ", r"\s+")
        names = tuple(self._words[at][0] for at in tried)
        found = (re.compile(rf"(?:{words})(?!\w)"), names) if tried else None
        self._patterns[beginning] = found
        return found


_Tried = tuple[re.Pattern[str], tuple[str, ...]] | None
"""A pattern with the name for each of its groups; None if no words begin like that."""
_WORD = re.compile(r"[^\W_](?<![\w-].)\w*")


@lru_cache(maxsize=4 * CACHE_SIZE)
def _word_starts(text: str) -> tuple[tuple[int, str], ...]:
    """The offset of each word, with the characters there."""
    starts = (match.start() for match in _WORD.finditer(text))
    return tuple((at, text[at : at + LENGTH]) for at in starts)
