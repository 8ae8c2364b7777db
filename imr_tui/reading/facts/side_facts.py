"""Finds every word for a side, with the body regions that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.body.sides import Side, sides
from imr_tui.reading.facts.spans import around
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

HANDEDNESS = frozenset(("handedness",))
"""The region of "right-hand dominant"."""

_WORD = LazyPattern(
    r"\b(?:(?P<left>left|lt|lue|lle)|(?P<right>right|rt|rue|rle)|(?P<both>bilateral(?:ly)?|b/l))"
    r"(?![\w'])(?P<handed>[\s-]*hand(?:ed)?(?:ness)?[\s-]*(?:dominan\w+)|[\s-]handed\w*)?"
    r"(?! (?:away|now|to (?!left|right)|for|after|before|because|untreated|unaddressed|alone"
    r"|without|in|out|off|work|his|her|the|home|school|answer|choice|time|thing|way|approach|direction)\b)"
)
_NO_SIDE = LazyPattern(
    r"\b(?:has|had|have|he|she|worker|patient|was|were|been|what|is|all|who|which|the) \Z"
)
_BOTH = LazyPattern(r"\bboth\b")


class SideFact(NamedTuple):
    """A word for a side."""

    side: Side
    """The side."""
    names: frozenset[str]
    """The regions; empty if the text does not say."""
    span: tuple[int, int]
    """Offsets of the word."""


@lru_cache(maxsize=CACHE_SIZE)
def side_facts(text: str) -> tuple[SideFact, ...]:
    """All words for a side, in order, those of handedness and of directions included."""
    return tuple(sorted(_find(lowered(text), text), key=lambda each: each.span))


def _find(low: str, text: str) -> Iterator[SideFact]:
    named = sorted(sides(text), key=lambda each: each.span)
    for match in _WORD.finditer(low):
        side: Side = "left" if match["left"] else "right" if match["right"] else "both"
        span = match.span("left" if match["left"] else "right" if match["right"] else "both")
        known = around(span, named)
        names = known.names if known and known.side == side else frozenset[str]()
        if match["handed"]:
            yield SideFact(side, HANDEDNESS, span)
        elif known or not _is_other_word(low, match.start(), match[0]):
            yield SideFact(side, names, span)
    for each in named:
        # "Both" is a side only beside a region.
        if each.side == "both" and each.names and (both := _BOTH.match(low, each.span[0])):
            yield SideFact("both", each.names, both.span())


def _is_other_word(low: str, start: int, word: str) -> bool:
    """Whether a word is a verb or a noun: "she left", "the right"."""
    before = _NO_SIDE.search(low, max(0, start - 12), start)
    return before is not None and word in ("left", "right") and before[0].strip() != "the"
