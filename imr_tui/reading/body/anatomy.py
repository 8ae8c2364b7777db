"""Finds body regions with their sides, and levels of the spine."""

import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, blank_out, lowered
from imr_tui.reading.language.tables import table

Side = Literal["left", "right", "bilateral"]

_WHOLES = frozenset(("spine", "back"))
"""Regions that are also named as part of a more specific one: "cervical spine"."""

_LIMBS = frozenset(("upper extremity", "lower extremity"))

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("left", "lt", "l", "left-sided", "leftward"), "left"),
    **dict.fromkeys(("right", "rt", "r", "right-sided"), "right"),
    **dict.fromkeys(("bilateral", "bilaterally", "both", "b/l"), "bilateral"),
}
# A side may precede its region by up to three words, or follow it directly, in brackets.
_SIDE_BEFORE = LazyPattern(
    r"\b(?P<side>left|right|bilateral|both|lt\.?|rt\.?|b/l)(?:-sided?)?"
    r"(?:(?:\s*[,/&]\s*| (?:and|or) | )(?!left\b|right\b)[\w-]+){0,3}?[\s/,&]*\Z",
)
_SIDE_AFTER = LazyPattern(r"\s*[,(-]?\s*(?P<side>left|right|bilateral(?:ly)?)\b(?=\s*[).,;]|\Z)")
_OTHER_SIDE_BEFORE = LazyPattern(r"\b(?:left|right)(?:\s*[,&/]\s*| (?:and|or) )$")
# Titles of guideline chapters contain regions that the text itself is not about.
_CHAPTERS = LazyPattern(
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


class Region(NamedTuple):
    """A mention of a body region."""

    name: str
    """The name of the region: "cervical spine", "knee"."""
    side: Side | None
    """The side, if given."""
    span: tuple[int, int]
    """Offsets of the words, including those of a preceding side."""
    words: tuple[int, int] = (0, 0)
    """Offsets of the words that name the region, without a side."""


@cache
def _lexicon() -> Lexicon:
    return Lexicon(table("body/regions")["region"])


@cache
def _related_regions() -> dict[str, frozenset[str]]:
    """For each region, the related ones: its whole, its parts and its neighbours."""
    found: dict[str, set[str]] = {}
    for row in table("body/regions")["region"]:
        for other in (*row.get("parts", ()), *row.get("neighbours", ())):
            found.setdefault(row["name"], set()).add(other)
            found.setdefault(other, set()).add(row["name"])
    return {name: frozenset(others) for name, others in found.items()}


@cache
def _sign_lexicon() -> Lexicon:
    rows = table("body/regions")["region"]
    return Lexicon({"name": r["name"], "words": r["signs"]} for r in rows if "signs" in r)


@lru_cache(maxsize=CACHE_SIZE)
def signs(text: str) -> tuple[Region, ...]:
    """The regions of the clinical tests that `text` names: "Lachman" is a test of the knee."""
    found = _sign_lexicon().find(lowered(text))
    return tuple(Region(name, None, match.span(), match.span()) for name, match in found)


@lru_cache(maxsize=CACHE_SIZE)
def regions(text: str) -> tuple[Region, ...]:
    """The regions that `text` names, in order, ignoring titles of guideline chapters."""
    return tuple(_find_regions(blank_out(_CHAPTERS, lowered(text))))


def _find_regions(text: str) -> Iterator[Region]:
    for name, match in _lexicon().find(text):
        before = _SIDE_BEFORE.search(text, max(0, match.start() - 48), match.start())
        after = _SIDE_AFTER.match(text, match.end())
        side = before or after
        start = before.start() if before else match.start()
        yield Region(name, _side(text, side), (start, match.end()), match.span())


def _side(text: str, found: re.Match[str] | None) -> Side | None:
    if found is None:
        return None
    if _OTHER_SIDE_BEFORE.search(text, max(0, found.start() - 12), found.start()):
        return "bilateral"
    return _SIDES.get(found["side"].rstrip("."))


def names(text: str) -> frozenset[str]:
    """The names of all regions in `text`; "cervical spine" does not count as "spine"."""
    return without_wholes(frozenset(region.name for region in regions(text)))


def without_wholes(found: frozenset[str]) -> frozenset[str]:
    """The regions without "spine" and "back", if others of them are parts of these."""
    wholes = {each for each in _WHOLES & found if found & _related_regions()[each] - _WHOLES}
    return found - wholes


def specific(found: frozenset[str]) -> frozenset[str]:
    """The regions without the limbs that others of them are parts of."""
    limbs = {each for each in _LIMBS & found if found & _related_regions()[each] - _LIMBS}
    return found - limbs


def without_limbs(found: frozenset[str]) -> frozenset[str]:
    """The regions other than whole limbs."""
    return found - _LIMBS


def related(one: str, other: str) -> bool:
    """Whether two regions are the same, whole and part, or neighbours."""
    return one == other or other in _related_regions().get(one, ())


def any_related(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any region of one set is related to any of the other."""
    return any(related(one, other) for one in ones for other in others)


@cache
def zone(name: str) -> str:
    """The limb that a region belongs to or gets its nerves from: "upper", "lower"; or its name."""
    for limb, spine, short in (
        ("upper extremity", "cervical spine", "upper"),
        ("lower extremity", "lumbar spine", "lower"),
    ):
        if name in (spine, limb) or (related(name, limb) and name != "spine"):
            return short
    return "lower" if name == "sacrum" else name


_COUNTS = (("C", 7), ("T", 12), ("L", 5), ("S", 5))
_COLUMN = tuple(f"{letter}{number}" for letter, last in _COUNTS for number in range(1, last + 1))
_ORDER = {name: at for at, name in enumerate(_COLUMN)}
_ROOT_ALONE = "C8"
"""The nerve root that has no vertebra of its name; it leaves the spine above T1."""
_ORDER[_ROOT_ALONE] = _ORDER["T1"]
_LEVEL = LazyPattern(
    r"(?P<from>[CTLS])(?<![\w.-].)-?(?P<number>1[0-2]|[1-9])"
    r"(?:\s*(?:-|/|\u2013|to|through|thru)\s*(?P<to>[CTLS])?(?P<last>1[0-2]|[1-9]))?(?![\w%.]*\w"
    r"|[-/]\d)",
)
_NOT_LEVELS = LazyPattern(r"\s*[- ]?(?:weighted|signal|hyperintens|images?|mice|relaxation)")


class Level(NamedTuple):
    """A mention of a vertebra, or of the segments between two."""

    vertebrae: frozenset[str]
    """All vertebrae from the first to the last."""
    span: tuple[int, int]
    """Offsets of the words."""

    @property
    def segments(self) -> frozenset[tuple[str, str]]:
        """Pairs of adjacent vertebrae; for a single vertebra, the discs above and below it."""
        at = sorted(_ORDER[vertebra] for vertebra in self.vertebrae)
        if len(at) == 1:
            at = [max(at[0] - 1, 0), *at, min(at[0] + 1, len(_COLUMN) - 1)]
        pairs = itertools.pairwise(at)
        return frozenset((_COLUMN[one], _COLUMN[other]) for one, other in pairs if one != other)


@lru_cache(maxsize=CACHE_SIZE)
def levels(text: str) -> tuple[Level, ...]:
    """The spinal levels that `text` names, in order; "T2-weighted" is not a level."""
    return tuple(_find_levels(text))


def _find_levels(text: str) -> Iterator[Level]:
    for match in _LEVEL.finditer(text):
        first = match["from"] + match["number"]
        last = (match["to"] or match["from"]) + match["last"] if match["last"] else first
        if first not in _ORDER or last not in _ORDER or _ORDER[last] < _ORDER[first]:
            continue
        if _ROOT_ALONE in (first, last):
            if first == last:
                yield Level(frozenset((first,)), match.span())
            continue
        if match["from"] == "T" and _NOT_LEVELS.match(text, match.end()):
            continue
        yield Level(frozenset(_COLUMN[_ORDER[first] : _ORDER[last] + 1]), match.span())


def spine(level: Level) -> str:
    """The region of a level: "cervical spine"."""
    first = min(level.vertebrae)[0]
    return {"C": "cervical spine", "T": "thoracic spine"}.get(first, "lumbar spine")


def columns(level: Level) -> set[str]:
    """The parts of the spine of a level; the sacral root counts as lumbar."""
    return {"L" if each[0] == "S" else each[0] for each in level.vertebrae}
