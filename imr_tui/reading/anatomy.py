"""Body regions and their sides, as far as a text names them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from imr_tui.reading.folding import blanked, lowered
from imr_tui.reading.lexicon import Lexicon, table
from imr_tui.reading.sentences import KEPT
from imr_tui.reading.wording import Wording

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
