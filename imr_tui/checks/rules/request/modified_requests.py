"""IMR313: the parts of a request that utilization review modified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.request.amounts import parts_about, words_of
from imr_tui.reading.amounts.amounts import amounts, any_equal, are_alike
from imr_tui.reading.amounts.quantities import Quantity
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR313",
    "modified-arithmetic",
    "warning",
    why="Only the part that utilization review did not authorize is in dispute.",
    source="8 CCR 9792.9.1; 47 of 439 published items are UR-modified",
    fires={
        "request": "Physical therapy, 8 sessions",
        "original": "Physical therapy, 12 sessions",
        "authorized": "Physical therapy, 6 sessions",
    },
    passes={
        "request": "Cyclobenzaprine 7.5mg #27",
        "original": "Cyclobenzaprine 7.5mg #90",
        "authorized": "Cyclobenzaprine 7.5mg #63",
    },
)
def modified_arithmetic(context: CheckContext) -> Iterator[Hit]:
    """The parts of a modified item contradict each other, or another text of the letter.

    The original amount minus the authorized amount must be the amount in dispute, in at least one
    unit in which all three are given; the parts must name the same level of the spine; and the
    summary and the rationale must name the same authorized amount. Items that leave the whole
    original request in dispute, and items with refills, are not computed, because only the refills
    may remain.
    """
    for item in context.reading.items:
        if item.item.is_modified:
            yield from _unlike_levels(item) or _wrong_difference(item)
            for text in (context.reading.summary, item.rationale):
                yield from _other_authorized(item, text)


def _parts(item: ItemReading) -> tuple[TextReading, TextReading, TextReading]:
    return item.request, item.original, item.authorized


def _unlike_levels(item: ItemReading) -> list[Hit]:
    """A part that names a level of the spine which the original request does not name."""
    asked = {each.vertebrae for each in item.original.levels}
    for part in (item.request, item.authorized):
        if asked and part.levels and not asked & {each.vertebrae for each in part.levels}:
            says = "The parts of the request name different levels of the spine."
            also = ((item.original.place, item.original.levels[0].span),)
            return [Hit(part.place, says, part.levels[0].span, also=also)]
    return []


def _wrong_difference(item: ItemReading) -> list[Hit]:
    parts = _parts(item)
    whole = item.request.text.casefold() == item.original.text.casefold()
    if whole or any("refill" in part.text.casefold() for part in parts):
        return []
    wrong = list[tuple[Quantity, Quantity, Quantity]]()
    for left, original, authorized in _by_unit(*(amounts(part.text) for part in parts)):
        if left.value == original.value == authorized.value:
            continue
        if original.value - authorized.value == left.value:
            return []
        wrong.append((left, original, authorized))
    if not wrong:
        return []
    left, original, authorized = wrong[0]
    says = (
        f"{original.value:g} requested minus {authorized.value:g} authorized is "
        f"{original.value - authorized.value:g}; the item says {left.value:g}."
    )
    also = ((item.original.place, original.span), (item.authorized.place, authorized.span))
    return [Hit(item.request.place, says, left.span, also=also)]


def _by_unit(*parts: Sequence[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """The amounts of the parts in each unit in which every part has one amount.

    A course and its product in brackets count as one.
    """
    for unit in dict.fromkeys(each.unit for each in parts[0]):
        alike = [[each for each in part if each.unit == unit] for part in parts]
        if all(len({each.value for each in part}) == 1 for part in alike):
            yield tuple(part[0] for part in alike)


_AUTHORIZED = LazyPattern(
    r"\b(?:authorized|certified|approved|allowed) (?:for |only |just |the |a |an )*"
    r"(?:[A-Z][\w./-]* |[a-z]+ ){0,3}?(?:\d[\d./]*\s?mg )?(?=#?\d|one\b|two\b|three\b|four\b"
    r"|five\b|six\b|seven\b|eight\b|nine\b|ten\b|twelve\b)",
    re.IGNORECASE,
)
_THAT_WERE = LazyPattern(
    r"\s*(?:[\w-]+ ){0,3}?(?:that|(?<!of\s)which) (?:[\w-]+ ){0,3}?"
    r"(?:authorized|certified|approved|allowed)\b",
    re.IGNORECASE,
)


def _other_authorized(item: ItemReading, text: TextReading) -> list[Hit]:
    """An authorized amount in a text that is not the one of the item."""
    given = amounts(item.authorized.text)
    known = [*given, *amounts(item.original.text), *amounts(item.request.text)]
    for named in amounts(text.text) if given else ():
        start, end = named.span
        said = _AUTHORIZED.search(text.text, max(0, start - 60), end)
        is_before = said is not None and said.end() == start
        if not is_before and not _THAT_WERE.match(text.text, end):
            continue
        alike = [each for each in given if are_alike(each, named)]
        if (
            alike
            and not any_equal([named], known if not is_before else alike)
            and _is_about(item, text, named)
        ):
            says = (
                f"Authorized: {words_of(text.text, named)} here, "
                f"{words_of(item.authorized.text, alike[0])} in the item."
            )
            return [Hit(text.place, says, named.span, also=((item.authorized.place, None),))]
    return []


def _is_about(item: ItemReading, text: TextReading, named: Quantity) -> bool:
    """Whether the sentence names the treatment of the item, or stands in its rationale."""
    if text.place == item.rationale.place:
        return True
    sentence = sentence_at(text.text, named.span[0])
    at = named.span[0] - sentence.start
    return any(start <= at < start + len(part) for start, part in parts_about(item, sentence.text))
