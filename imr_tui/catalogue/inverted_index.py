"""An inverted index: words, their abbreviations and typos, and the entries that contain them."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, takewhile

from imr_tui.catalogue.tables import table

# Letters and digits. Dots and ampersands count only inside a word, so that section numbers
# (9792.24.2) and abbreviations (PM&R) stay one word.
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")

MIN_TYPO_LENGTH = 4
"""Minimum length of a word in which a typo is tolerated."""
MIN_TWO_TYPOS_LENGTH = 8
"""Minimum length of a word in which two typos are tolerated."""
MAX_TYPOS = 2
"""Maximum number of typos in one word."""


def split(text: str) -> list[str]:
    """Split `text` into words, case-folded; "and" is left out, as titles also print "&"."""
    return [word for word in _WORD.findall(text.casefold()) if word != "and"]


def phrase(text: str) -> str:
    """The words with a space around each, so that a substring test matches whole words."""
    return f" {' '.join(split(text))} "


@cache
def expand(word: str) -> tuple[str, ...]:
    """The words that an abbreviation stands for; empty if it is not a known abbreviation."""
    return tuple(split(_abbreviations().get(word, "")))


def is_typo_of(typed: str, word: str) -> bool:
    """Whether `word` begins with `typed`, allowing for an extra, missing, wrong or swapped letter.

    Long words may have two such typos; short words and words with digits none.
    """
    if len(typed) < MIN_TYPO_LENGTH or not typed.isalpha():
        return False
    return _has_prefix(typed, word, 1 + (len(typed) >= MIN_TWO_TYPOS_LENGTH))


def _has_prefix(typed: str, word: str, typos: int) -> bool:
    """Whether `word` begins with `typed`, allowing for up to `typos` typos."""
    same = next(_differences(typed, word), min(len(typed), len(word)))
    if same == len(typed):
        return True
    if not typos:
        return False
    rest, there = typed[same:], word[same:]
    swapped = len(rest) > 1 and rest[:2] == there[1::-1]
    return (
        _has_prefix(rest[1:], there[1:], typos - 1)
        or _has_prefix(rest[1:], there, typos - 1)
        or _has_prefix(rest, there[1:], typos - 1)
        or (swapped and _has_prefix(rest[2:], there[2:], typos - 1))
    )


def _differences(typed: str, word: str) -> Iterator[int]:
    pairs = enumerate(zip(typed, word, strict=False))
    return (at for at, (left, right) in pairs if left != right)


@cache
def _abbreviations() -> dict[str, str]:
    return {
        short.casefold(): words for short, words in table("abbreviations")["abbreviations"].items()
    }


class InvertedIndex:
    """Looks up entry numbers by prefix, with tolerance for typos."""

    def __init__(self) -> None:
        self._entries: dict[str, set[int]] = {}
        self._words: list[str] = []
        # Cached because each search calls it twice: for the entries, and for the correction.
        self.misspelled = lru_cache(maxsize=16)(self._misspelled)
        """The words that begin with the typed prefix, allowing for typos."""

    def add(self, entry: int, text: str) -> None:
        """Index the words of `text` under entry number `entry`."""
        for word in split(text):
            if word not in self._entries:
                insort(self._words, word)
                self._entries[word] = set()
            self._entries[word].add(entry)

    def with_prefix(self, start: str) -> set[int]:
        """Entries with a word that begins with `start`."""
        words = islice(self._words, bisect_left(self._words, start), None)
        return self.with_words(takewhile(lambda word: word.startswith(start), words))

    def with_words(self, words: Iterable[str]) -> set[int]:
        """Entries with any of `words`."""
        return set[int]().union(*(self._entries.get(word, ()) for word in words))

    def corrected(self, start: str) -> str:
        """Return `start` if any word begins with it, else the near match closest in length."""
        if self.with_prefix(start):
            return start
        return min(
            self.misspelled(start), key=lambda word: abs(len(word) - len(start)), default=start
        )

    def _misspelled(self, start: str) -> list[str]:
        # A typo changes the length by one letter and adds one foreign letter at most. Filtering by
        # these first is ten times faster.
        letters, shortest = set(start), len(start) - MAX_TYPOS
        candidates = (
            word
            for word in self._words
            if len(word) >= shortest and len(letters.difference(word)) <= MAX_TYPOS
        )
        return [word for word in candidates if is_typo_of(start, word)]
