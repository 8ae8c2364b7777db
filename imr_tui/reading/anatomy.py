"""Body regions with their sides, and levels of the spine, as far as a text names them."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.lexicon import Lexicon, table
from imr_tui.reading.normalize import blanked, lowered
from imr_tui.reading.sentences import KEPT

Side = Literal["left", "right", "bilateral"]

WHOLES = frozenset(("spine", "back"))
"""What a text names with each of its parts: "cervical spine"."""

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("left", "lt", "l", "left-sided", "leftward"), "left"),
    **dict.fromkeys(("right", "rt", "r", "right-sided"), "right"),
    **dict.fromkeys(("bilateral", "bilaterally", "both", "b/l"), "bilateral"),
}
# A side may stand up to three words before its region, or right behind it in brackets.
_SIDED = Wording(
    r"\b(?P<side>left|right|bilateral|both|lt\.?|rt\.?|b/l)(?:-sided?)?"
    r"(?:(?:\s*[,/&]\s*| (?:and|or) | )(?!left\b|right\b)[\w-]+){0,3}?[\s/,&]*\Z",
)
_SIDED_BEHIND = Wording(r"\s*[,(-]?\s*(?P<side>left|right|bilateral(?:ly)?)\b(?=\s*[).,;]|\Z)")
_OTHER_BEFORE = Wording(r"\b(?:left|right)(?:\s*[,&/]\s*| (?:and|or) )$")
# A guideline's chapter is named after a region that the text need not be about.
_CHAPTERS = Wording(
    r"\b(?:neck and upper back|low(?:er)? back|cervical and thoracic spine|shoulder|elbow"
    r"|forearm,? wrist,? (?:and|&) hand|hand, wrist,? and forearm|knee(?: and leg)?"
    r"|ankle and foot|foot and ankle|hip (?:and|&) (?:pelvis|groin)|eye|head"
    r"|neck(?: (?:and|&) upper back)?|pain)"
    r"(?:\s*\([^)]*\))?,? (?:complaints|chapters?|disorders|guidelines?|section"
    r"|treatment guideline)\b"
    r"|\b(?:left untreated|left alone|is left of|left without|the right (?:answer|choice|time|thing"
    r"|way|approach|direction|treatment)|(?:is|are|was|were) right (?:for|to|in|about))\b"
    r"|\b(?:range of motion of test|on the other hand|second-?hand|first-?hand|hands?-?free"
    r"|over the counter|right away|all right|hand-?written|hands?-?on|beforehand|face-to-face"
    r"|head-to-head|heart of|in the face of|go(?:ing)? forward|at hand|cross-arm|back-?up"
    r"|body of evidence|back to (?:work|baseline)|come back|call(?:ed)? back)\b",
)


@dataclass(frozen=True)
class Region:
    """A body region that a text names."""

    name: str
    """Which: "cervical spine", "knee"."""
    side: Side | None
    """Its side, where the text gives one."""
    span: tuple[int, int]
    """Its words, the side's included where it stands before."""


@cache
def _lexicon() -> Lexicon:
    return Lexicon(table("regions")["region"])


@cache
def _kin() -> dict[str, frozenset[str]]:
    """For each region those that may be meant with it: its whole, its parts, its neighbours."""
    found: dict[str, set[str]] = {}
    for row in table("regions")["region"]:
        for other in (*row.get("parts", ()), *row.get("neighbours", ())):
            found.setdefault(row["name"], set()).add(other)
            found.setdefault(other, set()).add(row["name"])
    return {name: frozenset(others) for name, others in found.items()}


@lru_cache(maxsize=KEPT)
def regions(text: str) -> tuple[Region, ...]:
    """The regions that `text` names, in its order; titles of guideline chapters are left out."""
    return tuple(_found(blanked(_CHAPTERS, lowered(text))))


def _found(text: str) -> Iterator[Region]:
    for name, match in _lexicon().find(text):
        before = _SIDED.search(text, max(0, match.start() - 48), match.start())
        behind = _SIDED_BEHIND.match(text, match.end())
        side = before or behind
        start = before.start() if before else match.start()
        yield Region(name, _side(text, side), (start, match.end()))


def _side(text: str, found: re.Match[str] | None) -> Side | None:
    if found is None:
        return None
    if _OTHER_BEFORE.search(text, max(0, found.start() - 12), found.start()):
        return "bilateral"
    return _SIDES.get(found["side"].rstrip("."))


def names(text: str) -> frozenset[str]:
    """The names of the regions of `text`; "cervical spine" does not name the spine as a whole."""
    found = frozenset(region.name for region in regions(text))
    wholes = {each for each in WHOLES & found if found & _kin()[each] - WHOLES}
    return found - wholes


def related(one: str, other: str) -> bool:
    """Whether what is said of one region may be about the other: the same, a part, a neighbour."""
    return one == other or other in _kin().get(one, ())


def meet(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any region of the one text may be one of the other's."""
    return any(related(one, other) for one in ones for other in others)


_COUNTS = (("C", 7), ("T", 12), ("L", 5), ("S", 5))
_COLUMN = tuple(f"{letter}{number}" for letter, last in _COUNTS for number in range(1, last + 1))
_ORDER = {name: at for at, name in enumerate(_COLUMN)}
_LEVEL = Wording(
    r"(?<![\w.-])(?P<from>[CTLS])-?(?P<number>1[0-2]|[1-9])"
    r"(?:\s*(?:-|/|\u2013|to|through|thru)\s*(?P<to>[CTLS])?(?P<last>1[0-2]|[1-9]))?(?![\w%.]*\w|[-/]\d)",
)
_NOT_LEVELS = Wording(r"\s*[- ]?(?:weighted|signal|hyperintens|images?|mice|relaxation)")


@dataclass(frozen=True)
class Level:
    """A vertebra, or the segments between two."""

    bones: frozenset[str]
    """Every vertebra that it spans."""
    span: tuple[int, int]
    """Its words."""

    @property
    def segments(self) -> frozenset[tuple[str, str]]:
        """The discs between its vertebrae; of one vertebra those above and below it."""
        at = sorted(_ORDER[bone] for bone in self.bones)
        if len(at) == 1:
            at = [max(at[0] - 1, 0), *at, min(at[0] + 1, len(_COLUMN) - 1)]
        pairs = itertools.pairwise(at)
        return frozenset((_COLUMN[one], _COLUMN[other]) for one, other in pairs if one != other)


@lru_cache(maxsize=KEPT)
def levels(text: str) -> tuple[Level, ...]:
    """The levels that `text` names, in its order; a T2-weighted image is none."""
    return tuple(_found_levels(text))


def _found_levels(text: str) -> Iterator[Level]:
    for match in _LEVEL.finditer(text):
        first = match["from"] + match["number"]
        last = (match["to"] or match["from"]) + match["last"] if match["last"] else first
        if first not in _ORDER or last not in _ORDER or _ORDER[last] < _ORDER[first]:
            continue
        if match["from"] == "T" and _NOT_LEVELS.match(text, match.end()):
            continue
        yield Level(frozenset(_COLUMN[_ORDER[first] : _ORDER[last] + 1]), match.span())
