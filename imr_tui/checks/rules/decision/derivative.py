"""IMR205: items whose decision depends on another item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.conclusions.dependence import Fate, fates
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.reading.treatments.services import ASSOCIATED

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item
    from imr_tui.model.limits import Outcome

REASONED = 2
"""Sentences; a rationale with more gives a reason beside its conclusion."""

DERIVATIVE_REQUEST = LazyPattern(rf"^\s*{ASSOCIATED}\b", re.IGNORECASE)
_RESTS_ON = LazyPattern(
    r"\b(?:since|as|because|given that|in light of the fact that) (?:the |this |that )?"
    r"(?:(?:primary|associated|main|underlying|index) (?:surgical )?"
    r"(?:procedure|surgery|operation|treatment|request|service)s?"
    r"|(?:requested |proposed )?(?:procedure|surgery|operation"
    r"|surgical (?:procedure|intervention|request|service)s?))(?: itself| in question)? "
    r"(?:is|are|was|were|has|have)(?P<denied> not|n['\u2019]t)? (?:been )?"
    r"(?:deemed |found |considered |determined )?(?P<later>not )?(?:to be )?(?:medically )?"
    r"(?:(?P<elsewhere>certified|approved|authorized)|necessary|established|supported|indicated"
    r"|appropriate)"
    r"|\bnone of the associated (?P<none>services|items|requests)\b"
)
AROUND_SURGERY = LazyPattern(
    r"\b(?:pre|post|peri|intra)[\s-]*(?:op|operative|operatively|surgical|surgery)\b", re.IGNORECASE
)
"""Finds words for the time before, during or after an operation."""


class _Dependence(NamedTuple):
    """A statement that an item depends on another."""

    denied: bool
    """Whether the statement says that the other item is not necessary."""
    elsewhere: bool
    """Whether the other item was authorized, usually not by this determination."""
    span: tuple[int, int]
    """The words of the statement."""


def is_derivative(item: Item) -> bool:
    """Whether an item depends on another, according to its field, its name or its rationale."""
    marked = item.follows or DERIVATIVE_REQUEST.search(item.request)
    return bool(marked) or _rests(item) is not None


def _rests(item: Item) -> _Dependence | None:
    match = _resting(item.rationale)
    if match is None or (not match["none"] and is_surgery(item)):
        return None
    return _Dependence(
        bool(match["denied"] or match["later"] or match["none"]),
        bool(match["elsewhere"]),
        match.span(),
    )


@lru_cache(maxsize=CACHE_SIZE)
def _resting(rationale: str) -> re.Match[str] | None:
    return _RESTS_ON.search(lowered(rationale))


def is_surgery(item: Item) -> bool:
    """Whether an item is itself the surgery, and not therapy or a test before or after it."""
    if AROUND_SURGERY.search(item.request):
        return False
    return "surgery" in treatment_kinds.all_kinds(item.request)


@rule(
    "IMR205",
    "derivative-orphan",
    "warning",
    why="An item cannot depend on one that is not decided here, or was decided otherwise.",
    source="Practice: about 29 of 439 published items depend on another",
    fires={
        "rationale": "As the surgery is not medically necessary, the cooling unit is not.",
        "decision": "upheld",
        "item 2 decision": "overturned",
    },
    passes={
        "rationale": "As the surgery is not medically necessary, the cooling unit is not.",
        "decision": "upheld",
        "item 2 decision": "upheld",
    },
)
def derivative_orphan(context: CheckContext) -> Iterator[Hit]:
    """An item depends on itself, on an item not in the case, or on one decided the other way.

    An item that follows an overturned one may be upheld, if its rationale gives a reason. What it
    says about the fate of the other item must agree with the decision on that item.
    """
    decided = Counter(item.decision for item in context.items)
    for index, item in enumerate(context.items):
        if item.follows > len(context.items):
            yield Hit(
                Place("follows", index), f"It follows item {item.follows}, which does not exist."
            )
        elif item.follows == index + 1:
            yield Hit(Place("follows", index), "An item cannot follow itself. Enter another item.")
        elif hit := _misstated(context, index):
            yield hit
        elif (rest := _rests(item)) is not None:
            others = set((decided - Counter([item.decision])).keys())
            followed = {context.items[item.follows - 1].decision} if item.follows else others
            if says := _contradicted(rest, followed):
                yield Hit(Place("rationale", index), says, rest.span)
        elif item.follows and _falls_alone(item, other := context.items[item.follows - 1]):
            says = f"It follows item {item.follows}, which is {other.decision}. "
            says += f"Say why this is {item.decision}."
            also = ((Place("decision", item.follows - 1), None),)
            yield Hit(Place("rationale", index), says, also=also)


def _falls_alone(item: Item, followed: Item) -> bool:
    decided = (item.decision, followed.decision)
    if decided == ("upheld", "overturned"):
        return len(sentences(item.rationale)) <= REASONED
    return decided == ("overturned", "upheld")


def _misstated(context: CheckContext, index: int) -> Hit | None:
    """A statement about the fate of another item that its decision contradicts."""
    for fate in fates(context.items[index].rationale):
        meant = _meant(context, index, fate)
        wrong = [at for at in meant if context.items[at].decision != _decision(fate)]
        if meant and meant == wrong and all(context.items[at].decision for at in meant):
            at, said = wrong[0], "necessary" if fate.granted else "not necessary"
            says = (
                f"This says that item {at + 1} is {said}, but it is {context.items[at].decision}."
            )
            also = ((Place("decision", at), None),)
            return Hit(Place("rationale", index), says, fate.span, also=also)
    return None


def _meant(context: CheckContext, index: int, fate: Fate) -> list[int]:
    """The items that a statement is about, 0-based; empty if it is about its own item."""
    item = context.items[index]
    own = fate.likeness(item.request)
    if item.follows and fate.is_generic and not is_surgery(item):
        return [item.follows - 1]
    rows = [item.follows - 1] if item.follows else _others(context, index)
    if fate.is_generic and len(main := [at for at in rows if is_main(context.items[at])]) == 1:
        return main
    return [at for at in rows if fate.likeness(context.items[at].request) > own]


def is_main(item: Item) -> bool:
    """Whether an item is surgery that does not itself serve another item."""
    return DERIVATIVE_REQUEST.search(item.request) is None and is_surgery(item)


def _others(context: CheckContext, index: int) -> list[int]:
    """The other items, if this one is called dependent on them."""
    if not DERIVATIVE_REQUEST.search(context.items[index].request):
        return []
    return [at for at in range(len(context.items)) if at != index]


def _decision(fate: Fate) -> Outcome:
    return "overturned" if fate.granted else "upheld"


def _contradicted(rest: _Dependence, decided: set[Outcome | None]) -> str:
    wanted = "upheld" if rest.denied else "overturned"
    if not rest.denied and (rest.elsewhere or not decided):
        return ""
    if not decided:
        return "It depends on another item, but the case has no other."
    if None in decided or wanted in decided:
        return ""
    return f"It depends on an item that is {wanted}, but no other item is."
