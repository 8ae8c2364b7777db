"""The misspelled words of a text, and which words may be added to those of the reviewer."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from imr_tui.spelling.words import Word, checked_words

if TYPE_CHECKING:
    from imr_tui.model.case import Parties

NO_WORD = "No misspelled word was found in this text."
NO_SUGGESTION = "No similar word is known."
_NAME = "This is a name of a party of the case, which no list of words may hold."


def misspelled_words(text: str, misspelled: Container[str]) -> list[Word]:
    """The words of `text` that are misspelled, in order."""
    return [word for word in checked_words(text) if word.text in misspelled]


def next_word(text: str, at: int, misspelled: Container[str]) -> Word | None:
    """The misspelled word at an offset or after it, or else the first one."""
    found = misspelled_words(text, misspelled)
    return next((word for word in found if word.span[1] > at), found[0] if found else None)


def why_not_added(word: str, parties: Parties) -> str:
    """Why a word cannot be added to those of the reviewer, as a sentence; blank if it can."""
    from imr_tui.checks.rules.wording.spelling import party_words

    return _NAME if word in party_words(parties) else ""
