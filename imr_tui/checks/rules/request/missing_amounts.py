"""IMR312: requests without an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Severity, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.amounts.amounts import amounts
from imr_tui.reading.amounts.quantities import days, has_amount, quantities
from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.treatments import treatment_kinds

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item

_THERAPIES = {
    "physical therapy",
    "occupational therapy",
    "manipulation",
    "acupuncture",
    "massage",
    "psychological treatment",
    "shock wave therapy",
    "aquatic therapy",
    "manual therapy",
    "therapeutic exercise",
    "work conditioning",
}
_DRUG_FORMS = {"topical", "compound", "drug", "injection", "botulinum toxin"}
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
    source="Labor Code 4610.6(j); 8 CCR 9792.10.7(a): 5 working days, 20 days to reimburse",
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
    kinds = treatment_kinds.all_kinds(request)
    if kinds & _THERAPIES:
        counted = quantities(request) or days(request) is not None
        return "" if counted or _ONE_OFF.search(request) else "how many sessions"
    if drugs(request) and not kinds - _DRUG_FORMS:
        return "" if has_amount(request) or _refills_only(item) else "how much of the drug"
    if kinds & {"cold or heat", "electrical stimulation", "equipment"} and _RENTED.search(request):
        return "" if days(request) is not None or quantities(request) else "for how long"
    return ""


def _refills_only(item: Item) -> bool:
    """Whether refills remain of a request whose amount the original request gives."""
    refilled = any(each.unit == "refills" for each in amounts(item.request))
    return refilled and has_amount(item.original)
