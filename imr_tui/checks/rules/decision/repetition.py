"""IMR209: rationales that repeat each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import CACHE_SIZE

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item

MIN_SHARED = 0.9
"""Share of common words at which two rationales count as repeated."""
MIN_WORDS = 25
"""Shorter rationales, in words, may legitimately be the same."""
MAX_DISTANCE = 20
"""Number of preceding items that an item is compared with; the longest published letter has 21."""

_SAME = (
    "The worker had six visits of therapy for the neck in May. The notes show no gain in function "
    "or in work status after them. More of the same is not medically necessary."
)


@rule(
    "IMR209",
    "rationale-repeated",
    "info",
    why="A copied rationale that was not adapted argues about the wrong treatment.",
    source="167 of 880 pairs of published rationales repeat one another, most of them rightly",
    fires={
        "request": "Therapy for the neck",
        "rationale": _SAME,
        "item 2 request": "Massage for the neck",
        "item 2 rationale": _SAME,
    },
    passes={
        "rationale": _SAME,
        "item 2 rationale": "An MRI of the neck was normal in June, and no red flag has come up "
        "since then, "
        "nor has the pain changed. Another one is not medically necessary.",
    },
)
def rationale_repeated(context: CheckContext) -> Iterator[Hit]:
    """Two items share more than 90 % of their rationale.

    It is a warning if the decisions differ. It is also a warning if the repeated text names the
    region or drug of the other item but not its own. Each item is compared with the items before
    it.
    """
    for index, item in enumerate(context.items):
        for at in range(max(0, index - MAX_DISTANCE), index):
            other = context.items[at]
            if _is_repeated(item.rationale, other.rationale):
                yield _repeated(index, item, at, other)
                break


def _repeated(index: int, item: Item, at: int, other: Item) -> Hit:
    place, source = Place("rationale", index), ((Place("rationale", at), None),)
    if item.decision and other.decision and item.decision != other.decision:
        says = f"This repeats the rationale of item {at + 1}, which has the opposite decision."
        return Hit(place, says, also=source, severity="warning")
    if what := _not_adapted(item, other):
        says = f"This repeats the rationale of item {at + 1} and still mentions {what}."
        return Hit(place, says, also=source, severity="warning")
    return Hit(place, f"This repeats the rationale of item {at + 1}.", also=source)


def _not_adapted(item: Item, other: Item) -> str:
    """A word of a repeated rationale that belongs to the other item, not to this one; or blank."""
    own, theirs, named = map(anatomy.names, (item.request, other.request, item.rationale))
    if own and named and not anatomy.any_related(own, named) and anatomy.any_related(theirs, named):
        return f"the {min(theirs & named or named)}"
    mine, others, said = (
        {mention.drug.generic for mention in drugs(text)}
        for text in (item.request, other.request, item.rationale)
    )
    if mine and not mine & said and others & said:
        return min(others & said)
    return ""


def _is_repeated(one: str, other: str) -> bool:
    words, others = _word_pairs(one), _word_pairs(other)
    longest = max(words.total(), others.total())
    if min(words.total(), others.total()) < max(MIN_WORDS, MIN_SHARED * longest):
        return False
    return (words & others).total() > MIN_SHARED * longest


@lru_cache(maxsize=CACHE_SIZE)
def _word_pairs(text: str) -> Counter[str]:
    """Counts the word pairs of a text; pairs, because order matters."""
    words = text.lower().split()
    return Counter(f"{one} {two}" for one, two in itertools.pairwise(words))
