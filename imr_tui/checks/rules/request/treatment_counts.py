"""IMR331: how many sessions of a treatment the worker has had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.amounts.amounts import amounts
from imr_tui.reading.amounts.quantities import Quantity
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.language.sentences import Sentence


@rule(
    "IMR331",
    "treatment-count-conflict",
    "warning",
    why="Whether a treatment was tried for long enough often decides an item.",
    source="Labor Code 4610.6(h)(5)",
    fires={
        "summary.text": "A 54 year old man had twelve visits of physical therapy for the neck.",
        "rationale": "Five visits of physical therapy have been tried. It is not necessary.",
    },
    passes={
        "summary.text": "A 54 year old man had twelve visits of physical therapy for the neck.",
        "rationale": "Twelve visits of physical therapy have been tried. It is not necessary.",
    },
)
def treatment_count_conflict(context: CheckContext) -> Iterator[Hit]:
    """The rationale counts other sessions of a treatment that the worker had than the summary.

    Only counts of the same treatment are compared, and only if the summary gives a single count of
    it. Sentences about guidelines, requests or conclusions are left out, and so are sums of
    numbers that the letter gives.
    """
    told = list(_counts(context.reading.summary))
    for item in context.reading.items if told else ():
        yield from _conflicts(item, context, told)


# The worker had these sessions.
_HAD = LazyPattern(
    r"\b(?:complet\w+|attend\w+|received|had|has|have|tried|underwent|undergone|gave|given|brought"
    r"|eased|after|during|over|despite|participated|finished|used|made|failed|without|treated with"
    r"|responded|earlier|first|previous|prior|course of|to date|consist\w+ of|included)\b",
    re.IGNORECASE,
)
_OTHERWISE = LazyPattern(
    r"\b(?:guidelines?|recommend\w*|MTUS|ODG|ACOEM|up to|maximum|allow\w*|should|may|would|could"
    r"|request\w*|necess\w*|ask(?:s|ed)|authoriz\w+|certif\w+|approv\w+|remain\w*|additional|further"
    r"|more|trial|times (?:per|a) week|frequency|supports?|plan\w*|order\w*|another|exceed\w*"
    r"|at least|limit\w*|between|adequate|initial)\b",
    re.IGNORECASE,
)
_COUNTED = frozenset(("sessions", "injections"))
_ALIKE = (
    frozenset(("physical therapy", "occupational therapy", "therapeutic exercise")),
    frozenset(("psychological treatment", "cognitive behavioral therapy")),
    frozenset(("manipulation", "chiropractic")),
)
"""Kinds whose sessions are called by either name."""
_NOT_IN_SESSIONS = frozenset(("brace", "drug", "equipment", "orthotics", "surgery"))
"""Kinds that may stand near a number of sessions but have none."""
_BARE_THERAPY = LazyPattern(r"\btherapy\b", re.IGNORECASE)

_Count = tuple[str, Quantity]


def _counts(text: TextReading) -> Iterator[_Count]:
    """The sessions that `text` says the worker had, with the kind of treatment."""
    for sentence in text.sentences:
        yield from _counts_in(sentence)


def _counts_in(sentence: Sentence) -> Iterator[_Count]:
    words = sentence.text
    counted = [each for each in amounts(words) if each.unit in _COUNTED]
    if not counted or not _HAD.search(words):
        return
    named = list(treatment_kinds.mentions(words))
    for amount in counted:
        start, end = amount.span
        if _OTHERWISE.search(words, max(0, start - 50), min(len(words), end + 50)):
            continue
        kind = _nearest(named, amount)
        if not kind and _BARE_THERAPY.search(words, end, end + 20):
            kind = "physical therapy"
        yield (
            kind,
            Quantity(amount.value, amount.unit, (sentence.start + start, sentence.start + end)),
        )


def _nearest(named: list[tuple[str, tuple[int, int]]], amount: Quantity) -> str:
    """The kind that is named within 40 characters of an amount, or blank."""
    start, end = amount.span
    near = [
        (min(abs(first - end), abs(start - last)), name)
        for name, (first, last) in named
        if first - end < 40
        and start - last < 40
        and not (name in _NOT_IN_SESSIONS and amount.unit == "sessions")
    ]
    return min(near)[1] if near else ""


def _conflicts(item: ItemReading, context: CheckContext, told: list[_Count]) -> Iterator[Hit]:
    known = {
        each.value
        for text in (item.request, item.original, item.authorized, context.reading.summary)
        for each in amounts(text.text)
        if each.unit in _COUNTED
    }
    for kind, amount in _counts(item.rationale):
        alike = [each for name, each in told if _same_kind(kind or _own_kind(item), name)]
        if len({each.value for each in alike}) == 1 and amount.value not in known | _sums(known):
            text, summary = item.rationale, context.reading.summary
            here = words_at(text.text, amount.span)
            there = words_at(summary.text, alike[0].span)
            says = f"{here} here, {there} in the summary."
            also = ((summary.place, alike[0].span),)
            yield Hit(text.place, says, amount.span, also=also)
            return


def _own_kind(item: ItemReading) -> str:
    kinds = item.request.treatments
    return next(iter(kinds)) if len(kinds) == 1 else ""


def _same_kind(one: str, other: str) -> bool:
    return bool(one) and (one == other or any({one, other} <= kinds for kinds in _ALIKE))


def _sums(values: set[float]) -> set[float]:
    """Sums and differences of two numbers, which a letter may state, too."""
    pairs = [(one, other) for one in values for other in values if one > other]
    return {one + other for one, other in pairs} | {one - other for one, other in pairs}
