"""Finds drugs that a text identifies: by another name, by its parts, by a dose, by a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.drugs.drugs import Mention, drugs
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_SAME_AS = LazyPattern(
    r",? (?:which is |is )?(?:the |a )?(?:active (?:substance|ingredient)|generic(?: form| name"
    r"| version| equivalent)?|brand(?: name)?(?: form)?) (?:of|for)\s"
    r"|(?: \d[\d./]*\s*mg)?\s\(",
    re.IGNORECASE,
)
_REACH = 48
"""Characters between two names that may be given for one drug."""
_CONTAINS = LazyPattern(
    r" (?:patch(?:es)?|cream|gel|ointment|tablets?|capsules?)?\s?(?:holds?|contains?|joins?"
    r"|combines?|consists? of|is made (?:up )?of|is a combination of) ",
    re.IGNORECASE,
)
_CLOSING = LazyPattern(
    r"(?: (?:HCL|ER|XR|SR|CR|DR|IR|hydrochloride|sodium|\d[\d./]*\s*(?:mg|mcg|%)))?\s*\)",
    re.IGNORECASE,
)


class Equation(NamedTuple):
    """Two names of drugs that a text gives for the same drug, or for a drug and its part."""

    first: Drug
    """The drug named first."""
    second: Drug
    """The drug named second."""
    is_part: bool
    """Whether the second is given as a part of the first."""
    span: tuple[int, int]
    """Offsets of both names."""


@lru_cache(maxsize=CACHE_SIZE)
def equations(text: str) -> tuple[Equation, ...]:
    """The pairs of names that `text` equates: "A, the generic of B", "A (B)", "A contains B"."""
    return tuple(_find_equations(text))


def _find_equations(text: str) -> Iterator[Equation]:
    for one, other in pairwise(drugs(text)):
        between = text[one.span[1] : other.span[0]]
        if len(between) > _REACH:
            continue
        is_part = _CONTAINS.fullmatch(between) is not None
        is_same = _SAME_AS.fullmatch(between) is not None
        if between.endswith("("):
            is_same = is_same and _CLOSING.match(text, other.span[1]) is not None
        if is_part or is_same:
            yield Equation(one.drug, other.drug, is_part, (one.span[0], other.span[1]))


_LABEL = LazyPattern(
    r"\b(?:prescribing information|package insert|label(?:l?ing)?) (?:of|for) (?:the )?$",
    re.IGNORECASE,
)
_DOSE = LazyPattern(
    r"[\W_]{0,3}(?:(?:ODT|ER|XR|SR|CR|DR|HCL|tablets?|capsules?|patch(?:es)?|gel) )?"
    r"(?P<strength>\d[\d./]*\s*(?:mg|mcg|%|units?))"
    r"(?:[ ,]{0,2}(?:tablets?|capsules?|patch(?:es)?)?[ ,]{0,2}#\s?(?P<count>\d+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dosed:
    """A drug with a strength, and a quantity if it is given."""

    drug: Drug
    """The drug."""
    strength: str
    """The strength without white space: "10/325mg"."""
    count: str
    """The number of pieces; blank if not given."""
    span: tuple[int, int]
    """Offsets of the name, the strength and the number."""


@lru_cache(maxsize=4 * CACHE_SIZE)
def dosed_drugs(text: str) -> tuple[Dosed, ...]:
    """The drugs that a strength follows in `text`, in order."""
    return tuple(
        Dosed(
            mention.drug,
            "".join(dose["strength"].lower().split()),
            dose["count"] or "",
            (mention.span[0], dose.end()),
        )
        for mention in drugs(text)
        if (dose := _DOSE.match(text, mention.span[1]))
    )


def labelled_drugs(text: str) -> Iterator[Mention]:
    """The drugs whose prescribing information `text` refers to."""
    for mention in drugs(text):
        if _LABEL.search(text, max(0, mention.span[0] - 40), mention.span[0]):
            yield mention
