"""The words that people type for a guideline: taken apart, written out, slips forgiven."""

import re
from collections.abc import Iterator
from functools import cache

from imr_tui.catalogue.tables import table

# Letters and digits; a dot or an ampersand only inside, so that section numbers such as 9792.24.2
# and abbreviations such as PM&R are one word.
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")

SHORTEST_SLIP = 4
"""Letters that a word has to have before a slip in it is forgiven."""
SHORTEST_TWO_SLIPS = 8
"""Letters that a word has to have before a second slip is."""
MAX_SLIPS = 2
"""Slips that are forgiven in one word."""


def split(text: str) -> list[str]:
    """The words of `text`, folded."""
    return _WORD.findall(text.casefold())


def phrase(text: str) -> str:
    """The words with a space around each, so that one phrase in another means whole words."""
    return f" {' '.join(split(text))} "


@cache
def written_out(word: str) -> tuple[str, ...]:
    """The words that an abbreviation stands for; none if it is no abbreviation."""
    return tuple(split(_abbreviations().get(word, "")))


def is_slip_of(typed: str, word: str) -> bool:
    """Whether `typed` begins `word`, but for a letter too many, too few, wrong, or swapped.

    Two of them in a long word; none in a short one, nor where there are digits.
    """
    if len(typed) < SHORTEST_SLIP or not typed.isalpha():
        return False
    return _begins(typed, word, 1 + (len(typed) >= SHORTEST_TWO_SLIPS))


def _begins(typed: str, word: str, slips: int) -> bool:
    """Whether `word` begins with `typed`, up to `slips` slips."""
    same = next(_differences(typed, word), min(len(typed), len(word)))
    if same == len(typed):
        return True
    if not slips:
        return False
    rest, there = typed[same:], word[same:]
    swapped = len(rest) > 1 and rest[:2] == there[1::-1]
    return (
        _begins(rest[1:], there[1:], slips - 1)
        or _begins(rest[1:], there, slips - 1)
        or _begins(rest, there[1:], slips - 1)
        or (swapped and _begins(rest[2:], there[2:], slips - 1))
    )


def _differences(typed: str, word: str) -> Iterator[int]:
    pairs = enumerate(zip(typed, word, strict=False))
    return (at for at, (left, right) in pairs if left != right)


@cache
def _abbreviations() -> dict[str, str]:
    return {
        short.casefold(): words for short, words in table("abbreviations")["abbreviations"].items()
    }
