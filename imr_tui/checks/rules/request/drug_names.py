"""IMR326 and IMR513: drug names that the table does not contain, or that are misspelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.drugs.drugs import classes_named
from imr_tui.reading.language.patterns import LazyPattern, lowered

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.drugs.drug_spelling import Misspelling

# A name with a strength or a form: "Zelvira 50 mg", "Zelvira tablets", "Zelvira 2% cream #1".
_FORM = LazyPattern(
    r"\d[\d.,/-]*\s*-?(?:mg|mcg)\b|\d\s?%"
    r"|\b(?:tablets?|tabs?|capsules?|caps|pills?|cream|ointment|lotion|suspension|syrup|inhaler"
    r"|nasal spray|eye drops|transdermal patch(?:es)?)\b",
    re.IGNORECASE,
)
_NAME = LazyPattern(r"[A-Za-z][a-z-]{3,}|[A-Z][A-Z-]{3,}")
# Words of a request that are not the name of a drug.
_NO_NAME = frozenset(
    [
        "additional",
        "apply",
        "around",
        "authorization",
        "being",
        "bottle",
        "bottles",
        "brand",
        "capsule",
        "capsules",
        "caps",
        "claim",
        "compound",
        "compounded",
        "continued",
        "count",
        "cream",
        "daily",
        "days",
        "delayed",
        "disp",
        "dispense",
        "dispensed",
        "dose",
        "each",
        "every",
        "extended",
        "form",
        "from",
        "generic",
        "hours",
        "inhaler",
        "medication",
        "medications",
        "month",
        "months",
        "mouth",
        "needed",
        "oint",
        "ointment",
        "once",
        "oral",
        "orally",
        "patch",
        "patches",
        "pharmacy",
        "pill",
        "pills",
        "prescription",
        "prospective",
        "purchase",
        "qty",
        "quantity",
        "refill",
        "refills",
        "release",
        "request",
        "requested",
        "retro",
        "retrospective",
        "service",
        "sig",
        "solution",
        "spray",
        "strength",
        "supply",
        "suspension",
        "syrup",
        "tablet",
        "tablets",
        "tabs",
        "take",
        "taken",
        "three",
        "times",
        "topical",
        "transdermal",
        "tube",
        "tubes",
        "twice",
        "unknown",
        "unspecified",
        "usage",
        "used",
        "week",
        "weeks",
        "with",
        "without",
        "drops",
        "nasal",
        "lotion",
        "gram",
        "grams",
        "date",
        "drug",
        "original",
        "remaining",
        "eligible",
        "portion",
    ]
)


@rule(
    "IMR326",
    "drug-unknown",
    "info",
    why="Without the drug, the checks cannot compare its class and route with the rationale.",
    source="drugs named in published determinations",
    fires={"request": "Zelvira 50mg #60", "rationale": "Zelvira is not medically necessary."},
    passes={"request": "Norco 10/325mg #60", "rationale": "Norco is not medically necessary."},
)
def drug_unknown(context: CheckContext) -> Iterator[Hit]:
    """An item requests a drug that the drug table does not contain.

    A request counts as one for a drug if it states a strength in mg, mcg or percent, or a form such
    as tablets. It passes if it names any drug, class of drugs or kind of treatment.
    """
    for item in context.reading.items:
        span = _unknown_name(item)
        if span is None:
            continue
        name = item.request.text[slice(*span)]
        says = f"The drug table does not contain {name}, so the checks cannot compare it. "
        if lowered(name) in lowered(item.rationale.text):
            says += "Compare its class and route with the rationale."
        else:
            says += "The rationale does not mention it. Check that it is about this drug."
        yield Hit(item.request.place, says, span, also=((item.rationale.place, None),))


def _unknown_name(item: ItemReading) -> Span | None:
    """The first word of the request that may name a drug; None if nothing is unknown."""
    request = item.request
    if request.drugs or item.original.drugs or request.misspelled_drugs:
        return None
    if request.treatments - {"compound", "topical"}:
        return None
    if classes_named(request.text) - {"topical analgesic"} or not _FORM.search(request.text):
        return None
    for match in _NAME.finditer(request.text):
        if lowered(match[0]).strip("-") not in _NO_NAME:
            return match.span()
    return None


@rule(
    "IMR513",
    "drug-misspelled",
    "warning",
    why="A misspelled name may be read as another drug, and a search does not find it.",
    source="ISMP list of confused drug names; published determinations",
    fires={"rationale": "Tramdol 50mg did not help. It is not medically necessary."},
    passes={"rationale": "Tramadol 50mg did not help. It is not medically necessary."},
)
def drug_misspelled(context: CheckContext) -> Iterator[Hit]:
    """A word is a known misspelling of a drug, or one letter away from the name of one.

    Two letters may differ in names of ten letters and more. A short name counts only with a dose
    after it, or if the letter spells the drug correctly elsewhere. Words of the language that are
    as similar, and other drugs, are not reported.
    """
    reported = set[tuple[Place, str]]()
    for place, found in drug_misspellings(context):
        if (place, found.word.lower()) not in reported:
            reported.add((place, found.word.lower()))
            says = f'"{found.word}" looks like a misspelling of {found.name}. Correct it.'
            yield Hit(place, says, found.span)


def drug_misspellings(context: CheckContext) -> Iterator[tuple[Place, Misspelling]]:
    """The misspelled names of drugs, with their fields; every time that a text has them."""
    texts = [*_texts(context)]
    named = {mention.drug.generic for text in texts for mention in text.drugs}
    for text in texts:
        for found in text.misspelled_drugs:
            if found.is_certain or found.drug.generic in named:
                yield text.place, found


def _texts(context: CheckContext) -> Iterator[TextReading]:
    yield context.reading.summary
    for item in context.reading.items:
        yield item.request
        if item.item.is_modified:
            yield from (item.original, item.authorized)
        yield item.rationale
