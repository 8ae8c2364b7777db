"""IMR329 and IMR330: units and strengths of drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.body.motion import impossible_angles
from imr_tui.reading.dates.spans_of_time import impossible_rates
from imr_tui.reading.drugs.doses import (
    Dose,
    doses,
    excessive_strengths,
    impossible_doses,
    impossible_measures,
)
from imr_tui.reading.drugs.drugs import same
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR329",
    "unit-impossible",
    "warning",
    why="A dose or a measure with a wrong unit decides something that does not exist.",
    source="Labor Code 4610.6(c)",
    fires={"request": "Ultram 50 gm #60", "decision": "upheld"},
    passes={"request": "Diclofenac 1% gel, 100 gm", "decision": "upheld"},
)
def unit_impossible(context: CheckContext) -> Iterator[Hit]:
    """A drug or a measure of the body has a unit or a size that it cannot have: 50 gm of a tablet.

    An angle that a joint cannot reach is an info. Rates that do not exist are reported, too: nine
    days a week, one tablet every sixty hours. Creams, liquids and injections may be given in grams
    or millilitres.
    """
    for place, text in context.printed:
        spans = [*(each.span for each in impossible_doses(text)), *impossible_measures(text)]
        spans += [each.span for each in excessive_strengths(text)]
        spans += impossible_rates(text)
        for span in spans[:1]:
            said = words_at(text, span)
            yield Hit(place, f'"{said}" cannot be right. Correct the number or the unit.', span)
        for span in impossible_angles(text)[:1]:
            said = words_at(text, span)
            says = f'No joint moves so far: "{said}". Look whether the angle is right.'
            yield Hit(place, says, span, severity="info")


@rule(
    "IMR330",
    "strength-conflict",
    "warning",
    why="The decision must be about the strength in dispute, not about another strength.",
    source="Labor Code 4610.6(c)",
    fires={
        "request": "Soma 350mg #90",
        "rationale": "The request for Soma 250mg #90 is not medically necessary.",
    },
    passes={
        "request": "Soma 350mg #90",
        "rationale": "Soma 250 mg was tried. The request for Soma 350 mg #90 is not necessary.",
    },
)
def strength_conflict(context: CheckContext) -> Iterator[Hit]:
    """The letter gives the disputed drug another strength than the item does.

    The parts of a modified item must have one strength. Of the rationale and the summary, only
    sentences about the request or about medical necessity are compared, because others may
    describe earlier doses.
    """
    for item in context.reading.items:
        found = _between_parts(item) or _in_text(item, item.rationale)
        yield from found or _in_text(item, context.reading.summary)


def _between_parts(item: ItemReading) -> list[Hit]:
    if not item.item.is_modified:
        return []
    parts = (item.request, item.original, item.authorized)
    given = [(part, dose) for part in parts for dose in doses(part.text)]
    for (one, first), (other, second) in combinations(given, 2):
        if one is not other and _differ(first, second):
            says = (
                f"{_words(one, first)} here, and {_words(other, second)} in another part of the "
                "same request."
            )
            return [Hit(one.place, says, first.span, also=((other.place, second.span),))]
    return []


_ABOUT_REQUEST = LazyPattern(
    r"\b(?:request\w*|necess\w+|ask(?:s|ed|ing) for|authoriz\w+|certif\w+|prescri\w+|disput\w+"
    r"|appropriate|denied|remaining|refill\w*|dispens\w+)\b",
    re.IGNORECASE,
)
_OTHER_DOSE = LazyPattern(
    r"\b(?:previous\w*|prior|earlier|formerly|increas\w+|decreas\w+|reduc\w+|taper\w*|wean\w*|from"
    r"|maximum|up to|per day|a day|daily dose|recommend\w*|instead of|rather than|in place of"
    r"|changed?|switch\w*|titrat\w+|tried|failed|history)\b",
    re.IGNORECASE,
)


def _in_text(item: ItemReading, text: TextReading) -> list[Hit]:
    asked = [(part, dose) for part in (item.request, item.original) for dose in doses(part.text)]
    for dose in doses(text.text):
        own = [(part, each) for part, each in asked if same(each.drug, dose.drug)]
        if own and all(_differ(each, dose) for _, each in own) and _is_of_request(text, dose):
            part, given = own[0]
            says = f"{_words(text, dose)} here; the item says {_words(part, given)}."
            return [Hit(text.place, says, dose.span, also=((part.place, given.span),))]
    return []


def _is_of_request(text: TextReading, dose: Dose) -> bool:
    """Whether a sentence is about the request and gives this drug only one strength."""
    sentence = sentence_at(text.text, dose.span[0])
    if not _ABOUT_REQUEST.search(sentence.text) or _OTHER_DOSE.search(sentence.text):
        return False
    alike = (each for each in doses(sentence.text) if same(each.drug, dose.drug))
    return len({each.numbers for each in alike}) == 1


def _differ(one: Dose, other: Dose) -> bool:
    """Whether two doses of the same drug have comparable and different strengths."""
    alike = same(one.drug, other.drug) and one.unit == other.unit
    return alike and len(one.numbers) == len(other.numbers) and one.numbers != other.numbers


def _words(text: TextReading, dose: Dose) -> str:
    return words_at(text.text, dose.span)
