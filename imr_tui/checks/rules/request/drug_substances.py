"""Whether a letter gives one name for two drugs, or the requested dose for another drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.reading.drugs.drug_identity import Dosed, dosed_drugs, equations, labelled_drugs
from imr_tui.reading.drugs.drugs import is_of, same
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.reading.drugs.drug_table import Drug

_REQUEST = LazyPattern(
    r"\b(?:request\w*|RFA|ask(?:s|ed|ing)?|authorization|prescri\w+|utili[sz]ation review|UR"
    r"|non-?certif\w+|denie[sd]|medically|necessary)\b",
    re.IGNORECASE,
)

# Makers change what a mixture contains, so only another kind of drug is wrong in it.
_IN_MIXTURES = ("topical analgesic", "local anesthetic", "supplement", "analgesic")


def other_substances(reading: CaseReading) -> Iterator[Hit]:
    """Two drugs that are given for one, and another drug in the place of a requested one."""
    requested = [mention.drug for item in reading.items for mention in item.request.drugs]
    requested += [mention.drug for item in reading.items for mention in item.original.drugs]
    yield from _equated(reading.summary)
    for item in reading.items:
        yield from _equated(item.rationale)
        yield from _labelled(item, requested)
        for text in (reading.summary, item.rationale):
            yield from _dosed(text, item, requested)


def _equated(text: TextReading) -> Iterator[Hit]:
    for equation in equations(text.text):
        first, second = equation.first, equation.second
        if same(first, second) or (equation.is_part and is_of(second, *_IN_MIXTURES)):
            continue
        kind = "part of" if equation.is_part else "other name of"
        says = f"{second.generic} is no {kind} {first.generic}. Correct the name of the drug."
        yield Hit(text.place, says.capitalize(), equation.span)


def _labelled(item: ItemReading, requested: list[Drug]) -> Iterator[Hit]:
    if not item.request.drugs:
        return
    for mention in labelled_drugs(item.rationale.text):
        if not any(same(mention.drug, drug) for drug in requested):
            name = item.rationale.text[slice(*mention.span)]
            says = f"The item does not request {name}, whose prescribing information is cited."
            request = (item.request.place, None)
            yield Hit(item.rationale.place, says, mention.span, also=(request,))


def _dosed(text: TextReading, item: ItemReading, requested: list[Drug]) -> Iterator[Hit]:
    """The requested strength and quantity, given for a drug that no item requests."""
    for wanted in dosed_drugs(item.request.text):
        for found in dosed_drugs(text.text):
            if any(same(found.drug, drug) for drug in requested):
                continue
            if _is_same_dose(found, wanted) and _is_instead(text, found, wanted):
                says = (
                    f"{text.text[slice(*found.span)]} has the dose of the requested "
                    f"{wanted.drug.generic}. Correct the name of the drug, or its dose."
                )
                request = (item.request.place, wanted.span)
                yield Hit(text.place, says, found.span, also=(request,))


def _is_same_dose(found: Dosed, wanted: Dosed) -> bool:
    """Whether strength and quantity are the same; the strengths of a combination are enough."""
    if found.strength != wanted.strength:
        return False
    return found.count == wanted.count if found.count else "/" in found.strength


def _is_instead(text: TextReading, found: Dosed, wanted: Dosed) -> bool:
    """Whether a sentence on the request names the drug, and not the requested one as well."""
    sentence = sentence_at(text.text, found.span[0])
    if not _REQUEST.search(sentence.text):
        return False
    start, end = sentence.span
    return not any(
        start <= mention.span[0] < end and same(mention.drug, wanted.drug) for mention in text.drugs
    )
