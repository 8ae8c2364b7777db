"""What the spelling checker has said about words in this session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.spelling.protocol import Suggestions

MAX_WORDS = 20_000
"""Words that are looked up in a session; more are not checked."""
MAX_SUGGESTIONS = 5
"""Suggestions that are kept for a word."""


class Answers:
    """The answers by word, without words that are known or that the reviewer keeps.

    Thread-safe: `misspelled` is replaced, and never changed.
    """

    def __init__(self) -> None:
        self._answers: dict[str, Suggestions | None] = {}
        self._own: frozenset[str] = frozenset()
        self._lock = Lock()
        self.misspelled: Mapping[str, Suggestions] = {}
        """The suggestions for each word that is not right."""

    def unanswered(self, words: Iterable[str]) -> list[str]:
        """The words without an answer, each once, in order; none once there are MAX_WORDS."""
        if len(self._answers) >= MAX_WORDS:
            return []
        have = self._answers
        return [w for w in dict.fromkeys(words) if w not in have and w not in self._own]

    def unknown(self, words: Iterable[str]) -> list[str]:
        """The `unanswered` words that the dictionary has to be asked about.

        Answers the others. The first call takes long, because it reads the tables of words.
        """
        from imr_tui.spelling.known_words import known_words

        asked, known = self.unanswered(words), known_words()
        self.add({word: None for word in asked if word in known})
        return [word for word in asked if word not in known]

    def add(self, answers: Mapping[str, Suggestions | None]) -> None:
        """Keep answers: suggestions, or None for a word that is right."""
        with self._lock:
            self._answers.update((word, said and _ranked(said)) for word, said in answers.items())
            self._publish()

    def accept(self, words: Iterable[str]) -> None:
        """Treat words of the reviewer as right from now on."""
        with self._lock:
            self._own |= frozenset(words)
            self._publish()

    def _publish(self) -> None:
        self.misspelled = {
            word: said
            for word, said in self._answers.items()
            if said is not None and word not in self._own
        }


def _ranked(suggestions: Suggestions) -> Suggestions:
    """The best suggestions: words of the field first, which the reviewer most likely meant."""
    from imr_tui.spelling.known_words import known_words

    return tuple(sorted(suggestions, key=lambda each: each not in known_words()))[:MAX_SUGGESTIONS]
