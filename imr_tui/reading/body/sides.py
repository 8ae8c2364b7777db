"""Finds which side of which body region a text is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.body.anatomy import levels, regions, signs, spine, zone
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import Sentence, sentence_at

Side = Literal["left", "right", "both"]

# "Left the office", "right away", handedness, and directions of motion are no sides of a region.
_SIDE = LazyPattern(
    r"(?<![\w-])(?:(?P<left>left|lt|lue|lle)|(?P<right>right|rt|rue|rle)"
    r"|(?P<both>bilateral(?:ly)?|both|b/l))(?![\w'/])"
    r"(?! (?:away|now|to|for|after|before|because|untreated|alone|without|in|work|his|her|the|on"
    r"|home|school|answer|choice|time|dominant)\b)"
    r"(?![-\s]*hand(?:ed)?(?:ed|edness)?[,\s-]*(?:dominan\w+|ed\b))(?!-hand)"
)
_DIRECTION = LazyPattern(
    r"\b(?:rotat\w+|bend\w+|flex\w+|tilt\w*|turn\w*|motion|deviat\w+|shift\w*|lean\w*|list\w*)"
    r"[^.,;]{0,24}$|\b(?:to|toward|towards) (?:the |his |her )?$"
    r"|\b(?:has|had|have|he|she|worker|was|were|been) $"
)
_MOTION = LazyPattern(
    r" (?:and (?:left|right) )?(?:lateral |side )?(?:rotation|bend\w*|flexion|tilt)"
)
_BEFORE_PLACE = LazyPattern(r"\b(?:on|of|at|in|to) (?:the |his |her )?$")
# "Left and right knee": the region of both follows the second side.
_OTHER = LazyPattern(r"(?:,? (?:and|or|&) |\s?/\s?)(?:left|right)\b")
# What ends the group of words that a side belongs to.
_STOP = LazyPattern(r"[.,;:()]|\b(?:and|or|with|was|were|is|are|had|has|at|on|in|of|to)\b")
_Place = tuple[tuple[int, int], str]
_LIMBS = {
    **dict.fromkeys(("lue", "rue"), "upper extremity"),
    **dict.fromkeys(("lle", "rle"), "lower extremity"),
}
REACH = 44
"""Characters between a side and the region that it belongs to."""
BACK = 110
"""Characters between a region and an "on the left" that belongs to it."""


class SidedMention(NamedTuple):
    """A mention of a side, with the regions that it belongs to."""

    side: Side
    """The side."""
    names: frozenset[str]
    """The regions; empty if the text does not say."""
    span: tuple[int, int]
    """Offsets of the words, from the side or region that comes first."""
    sentence: Sentence
    """The sentence around it."""

    @property
    def zones(self) -> frozenset[str]:
        """The limbs of the regions."""
        return frozenset(map(zone, self.names))


@lru_cache(maxsize=CACHE_SIZE)
def sides(text: str) -> tuple[SidedMention, ...]:
    """The sides that `text` names, in order, without handedness and directions of motion."""
    return tuple(_find(text, lowered(text)))


def _find(text: str, low: str) -> Iterator[SidedMention]:
    places = _places(text)
    starts = [at[0] for at, _ in places]
    for match in _SIDE.finditer(low):
        if _MOTION.match(low, match.end()):
            continue
        side: Side = "left" if match["left"] else "right" if match["right"] else "both"
        sentence = sentence_at(text, match.start())
        at = bisect_right(starts, match.start() - 1)
        if match[0] in _LIMBS:
            yield SidedMention(side, frozenset((_LIMBS[match[0]],)), match.span(), sentence)
        elif names := _following(low, match.end(), places[at : at + 3]):
            span = match.start(), names[-1][0][1]
            yield SidedMention(side, frozenset(name for _, name in names), span, sentence)
        elif not _DIRECTION.search(low, max(0, match.start() - 48), match.start()):
            yield _referring_back(low, side, match.span(), places[max(at - 1, 0) : at], sentence)


def _referring_back(
    low: str, side: Side, span: tuple[int, int], places: list[_Place], sentence: Sentence
) -> SidedMention:
    for region, name in places[-1:]:
        if region[0] >= sentence.start and _belongs(low, region, span[0]):
            return SidedMention(side, frozenset((name,)), (region[0], span[1]), sentence)
    return SidedMention(side, frozenset(), span, sentence)


def _places(text: str) -> list[_Place]:
    """The words for regions without their sides, and the levels of the spine, in order."""
    found = [(region.words, region.name) for region in (*regions(text), *signs(text))]
    found += [(level.span, spine(level)) for level in levels(text)]
    return sorted(found)


def _following(low: str, start: int, places: list[_Place]) -> list[_Place]:
    """The regions of the group of words after a side."""
    found: list[_Place] = []
    if other := _OTHER.match(low, start):
        start = other.end()
    end = start
    for span, name in places:
        between = low[end : span[0]]
        if span[0] - start > REACH or _STOP.search(between):
            break
        found.append((span, name))
        end = span[1]
    return found


def _belongs(low: str, region: tuple[int, int], at: int) -> bool:
    """Whether a side at offset `at` refers back to a region: "the knee is tender on the left"."""
    between = low[region[1] : at]
    if len(between) > BACK or ";" in between:
        return False
    return between.strip() in ("", ",", "(") or _BEFORE_PLACE.search(between) is not None
