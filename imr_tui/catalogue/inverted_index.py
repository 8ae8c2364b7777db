"""Words, and the places where each stands."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, takewhile

from imr_tui.catalogue.words import MAX_SLIPS, is_slip_of, split


class Postings:
    """Finds places by how a word begins, or nearly begins."""

    def __init__(self) -> None:
        self._places: dict[str, set[int]] = {}
        self._words: list[str] = []
        # Asked for more than once in a search: where they stand, and which was meant.
        self.slips = lru_cache(maxsize=16)(self._slips)
        """The words that begin with what was typed but for a slip of the fingers."""

    def add(self, place: int, text: str) -> None:
        """Take note that the words of `text` stand at `place`."""
        for word in split(text):
            if word not in self._places:
                insort(self._words, word)
                self._places[word] = set()
            self._places[word].add(place)

    def beginning(self, start: str) -> set[int]:
        """Where words stand that begin with `start`."""
        words = islice(self._words, bisect_left(self._words, start), None)
        return self.having(takewhile(lambda word: word.startswith(start), words))

    def having(self, words: Iterable[str]) -> set[int]:
        """Where any of `words` stands."""
        return set[int]().union(*(self._places.get(word, ()) for word in words))

    def meant(self, start: str) -> str:
        """What was meant by `start`: itself, or else the word of about its length that is near."""
        if self.beginning(start):
            return start
        return min(self.slips(start), key=lambda word: abs(len(word) - len(start)), default=start)

    def _slips(self, start: str) -> list[str]:
        # A slip shortens a word by one letter and brings in one foreign one, at the most. To sift
        # by that first is ten times as fast.
        letters, shortest = set(start), len(start) - MAX_SLIPS
        candidates = (
            word
            for word in self._words
            if len(word) >= shortest and len(letters.difference(word)) <= MAX_SLIPS
        )
        return [word for word in candidates if is_slip_of(start, word)]
