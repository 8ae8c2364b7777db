"""An inverted index: words, and the entries that contain them."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, takewhile

from imr_tui.catalogue.words import MAX_TYPOS, is_typo_of, split


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
