"""The order of the standards of medical necessity, and the requirements for leaving the MTUS.

Labor Code 4610.5(c)(2): a lower standard counts only if no higher one applies. The MTUS comes
first; citing another source requires a statement that the MTUS is silent or that its presumption is
rebutted (8 CCR 9792.21.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Citation
    from imr_tui.model.limits import Departure, Standard

STANDARDS: dict[Standard, str] = {
    "A": "MTUS",
    "B": "peer-reviewed evidence",
    "C": "nationally recognized standards",
    "D": "expert opinion",
    "E": "generally accepted practice",
    "F": "likely to benefit where others do not help",
}
"""Short names of the standards."""

_CLAUSE = re.compile(
    r"(?<=[.;!?])\s+|\n+|,? (?:but|however|although|though|while|whereas)\b|, and ", re.IGNORECASE
)
_MTUS = re.compile(r"\b(?:MTUS|medical treatment utilization schedule)\b", re.IGNORECASE)
_SILENT_OR_REBUTTED = re.compile(
    r"\b(?:(?<!not )silen(?:t|ce)|(?<!not )(?<!not been )rebut\w*"
    r"|overc[ao]mes? (?:the|its) (?:presumption|MTUS)"
    r"|(?:does|do|did) not (?:\w+ly )?(?:address|discuss|mention|cover|contain|provide|include"
    r"|comment|speak|give|offer|list|name|deal|treat|refer|set out|recommend for or against)"
    r"|not (?:\w+ly )?(?:addressed|discussed|mentioned|covered)"
    r"|(?:no|lacks?) (?:\w+ )?(?:recommendations?|guidance|guidelines?|mention|discussion))\b",
    re.IGNORECASE,
)


def below_mtus(citations: Iterable[Citation]) -> bool:
    """Whether any citation ranks below the MTUS."""
    return any(each.ranks_as != "A" for each in citations if not each.is_blank())


@lru_cache(maxsize=8)
def states_departure(rationale: str) -> bool:
    """Whether a clause says that the MTUS is silent, or that it is rebutted."""
    return any(
        _MTUS.search(clause) and _SILENT_OR_REBUTTED.search(clause)
        for clause in _CLAUSE.split(rationale)
    )


def needs_departure_reason(item: Item) -> bool:
    """Whether to ask the reviewer (once) why `item` cites a source below the MTUS."""
    asked = item.departure is not None or states_departure(item.rationale)
    return below_mtus(item.citations) and not asked


def sentence(item: Item, departure: Departure) -> str:
    """Draft the sentence that states a departure from the MTUS; the reviewer may edit it."""
    what = one_line(item.request).rstrip(".") or "this treatment"
    if departure == "silent":
        return f"The MTUS is silent on {what}."
    return f"The presumption that the MTUS is correct is rebutted for {what} by the evidence cited."
