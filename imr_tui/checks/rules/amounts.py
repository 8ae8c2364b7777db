"""IMR311 to IMR313: amounts requested, authorized and decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Severity, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading import lexicon
from imr_tui.reading.drugs import drugs
from imr_tui.reading.necessity import Conclusion, conclusions
from imr_tui.reading.patterns import LazyPattern
from imr_tui.reading.quantities import Quantity, days, has_amount, quantities, strengths

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item


@rule(
    "IMR311",
    "quantity-conflict",
    "warning",
    why="The decision must be about the amount in dispute, not about another amount.",
    source="Labor Code 4610.6(c)",
    fires={
        "request": "Norco 10/325mg #60",
        "rationale": "The request for Norco 10/325mg #90 is not medically necessary.",
    },
    passes={
        "request": "Physical therapy, 6 sessions",
        "original": "Physical therapy, 12 sessions",
        "authorized": "Physical therapy, 6 sessions",
        "rationale": "The request for the remaining six of 12 sessions is not medically necessary.",
    },
)
def quantity_conflict(context: CheckContext) -> Iterator[Hit]:
    """A conclusion states an amount that differs from the request and its UR-modified parts.

    The rule reads only sentences about medical necessity. One correct amount in the sentence is
    enough. "2 times a week for 3 weeks" counts as six sessions. 5/325mg and 5-325 mg are the same
    strength.
    """
    for index, item in enumerate(context.items):
        parts = (item.request, item.original, item.authorized)
        asked = [quantity for part in parts for quantity in quantities(part)]
        for conclusion in conclusions(item.rationale):
            wrong = conclusion.is_final and _conflicts(conclusion, asked, parts)
            if wrong:
                says = f"This concludes on {wrong}; the item says {_asked(item)}."
                place, span = Place("rationale", index), conclusion.sentence.span
                yield Hit(place, says, span, also=((Place("request", index), None),))
                break


# Amounts that are not those of the request: "exceeds the 10 visits of the guideline", "has
# completed 24 visits".
_OTHER_AMOUNTS = LazyPattern(
    r"\b(?:exceed\w*|complet\w+|recommend\w*|guidelines?|allow\w*|up to|after|already|beyond"
    r"|attended|received)\b",
    re.IGNORECASE,
)


def _conflicts(conclusion: Conclusion, asked: list[Quantity], parts: tuple[str, ...]) -> str:
    """The amount in a conclusion that differs from every requested one, in words; or blank."""
    text = conclusion.sentence.text
    for named in quantities(text):
        if _OTHER_AMOUNTS.search(text, max(0, named.span[0] - 40), named.span[0]):
            continue
        alike = [each for each in asked if _alike(each, named)]
        if alike and not _any_equal(quantities(text), alike):
            return " ".join(text[slice(*named.span)].split())
    own = frozenset().union(*map(strengths, parts))
    said = strengths(text)
    if own and said and not own & said and len(drugs(text)) <= 1:
        return f"{min(said):g} mg"
    return ""


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or "any" in (one.unit, other.unit)


def _any_equal(named: tuple[Quantity, ...], asked: list[Quantity]) -> bool:
    return any(one.value == other.value for one in named for other in asked)


def _asked(item: Item) -> str:
    found = quantities(item.request)
    words = " ".join(item.request[slice(*found[0].span)].split()) if found else ""
    strength = ", ".join(f"{each:g} mg" for each in sorted(strengths(item.request)))
    return words or strength or item.request


_THERAPIES = {
    "physical therapy",
    "occupational therapy",
    "manipulation",
    "acupuncture",
    "massage",
    "psychological treatment",
    "shock wave therapy",
}
_ONE_OFF = LazyPattern(
    r"\b(?:consult\w*|evaluat\w*|referral|exam\w*|re-?exam\w*|testing|test|assessment|program"
    r"|visit(?!s)"
    r"|initial|trial of \d)\b",
    re.IGNORECASE,
)
_RENTED = LazyPattern(
    r"\b(?:rent(?:al)?|unit|machine|device|pump|cpm|game\s?ready|vascutherm|wheelchair"
    r"|hospital bed)\b",
    re.IGNORECASE,
)
_UNSAID = LazyPattern(
    r"\b(?:not (?:specified|stated|given|indicated)|un-?specified|unknown|unstated"
    r"|quantity not)\b",
    re.IGNORECASE,
)


@rule(
    "IMR312",
    "quantity-missing",
    "warning",
    why="An overturned item must be implemented in 5 working days, so state how much.",
    source="Labor Code 4610.6(j)",
    fires={"request": "Norco 10/325mg", "decision": "overturned"},
    passes={"request": "Acupuncture (number of sessions not specified)", "decision": "overturned"},
)
def quantity_missing(context: CheckContext) -> Iterator[Hit]:
    """A drug has no quantity, a therapy no number of sessions, or a rental no duration.

    If the request itself gives no amount, write "not specified in the request" in the item. For an
    upheld item the finding is an info, because nobody has to implement it. Imaging, surgery,
    consultations and purchased equipment need no amount.
    """
    for index, item in enumerate(context.items):
        if (what := _unsaid(item)) and not _UNSAID.search(item.request):
            says = f'The item does not say {what}. Add it, or "not specified in the request".'
            severity: Severity | None = "info" if item.decision == "upheld" else None
            yield Hit(Place("request", index), says, severity=severity)


def _unsaid(item: Item) -> str:
    request = item.request
    kinds = lexicon.kinds(request)
    if kinds & _THERAPIES:
        counted = quantities(request) or days(request) is not None
        return "" if counted or _ONE_OFF.search(request) else "how many sessions"
    if drugs(request) and not kinds - {"topical"}:
        return "" if has_amount(request) else "how much of the drug"
    if kinds & {"cold or heat", "electrical stimulation", "equipment"} and _RENTED.search(request):
        return "" if days(request) is not None or quantities(request) else "for how long"
    return ""


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
    """The original amount minus the authorized amount is not the amount in dispute.

    The rule applies only if all three amounts are given and are of the same thing. It ignores items
    that leave the whole original request in dispute, and items with refills, because only the
    refills may remain.
    """
    for index, item in enumerate(context.items):
        parts = f"{item.request} {item.original} {item.authorized}".casefold()
        whole = item.request.casefold() == item.original.casefold()
        if not item.is_modified or whole or "refill" in parts:
            continue
        left, original, authorized = map(
            _only_amount, (item.request, item.original, item.authorized)
        )
        if left is None or original is None or authorized is None:
            continue
        units = {each.unit for each in (left, original, authorized)}
        if len(units) == 1 and original.value - authorized.value != left.value:
            remains = original.value - authorized.value
            says = (
                f"{original.value:g} requested minus {authorized.value:g} authorized is "
                f"{remains:g}; the item says {left.value:g}."
            )
            yield Hit(
                Place("request", index),
                says,
                left.span,
                also=((Place("original", index), None), (Place("authorized", index), None)),
            )


def _only_amount(text: str) -> Quantity | None:
    """The only amount in a text; a course and its product in brackets count as one."""
    found = quantities(text)
    same = {(each.value, each.unit) for each in found}
    return found[0] if len(same) == 1 else None
