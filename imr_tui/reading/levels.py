"""Levels of the spine as texts write them: L4-5, L5-S1, C5/6, T10, L3 to S1."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.sentences import KEPT
from imr_tui.reading.wording import Wording

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
