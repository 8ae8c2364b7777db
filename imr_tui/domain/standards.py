"""The order in which sources are searched, and the requirements for leaving the MTUS.

The standards A to F of Labor Code 4610.5(c)(2) apply as set forth in the MTUS, including the
formulary, so they are labels and no ranking. The order comes from 8 CCR 9792.21.1: the MTUS first;
citing another source requires a statement that the MTUS does not address the condition or injury,
or that its presumption is rebutted (Labor Code 4604.5).
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

SEQUENCE = (
    "MTUS",
    "current ACOEM or ODG",
    "other national guidelines",
    "scientific studies",
)
"""The order in which sources are searched (8 CCR 9792.21.1); a study does not outrank ODG."""

_ACOEM_OR_ODG = re.compile(r"\b(?:ACOEM|ODG|Official Disability)\b|^(?:acoem|odg)-", re.IGNORECASE)
_STUDY, _OTHER = 4, 3

_CLAUSE = re.compile(
    r"(?<=[.;!?])\s+|\n+|,? (?:but|however|although|though|while|whereas)\b|, and ", re.IGNORECASE
)
_MTUS = re.compile(
    r"\b(?:MTUS|medical treatment utilization schedule|ACOEM|CPMTG"
    r"|(?:chronic pain|acupuncture|opioids?|post-?surgical)(?: medical)?(?: treatment)? guidelines?"
    r"|(?:complaints|disorders) (?:chapters?|guidelines?))\b",
    re.IGNORECASE,
)
_SILENT_OR_REBUTTED = re.compile(
    r"\b(?:(?<!not )silen(?:t|ce)|(?<!not )(?<!not been )rebut\w*"
    r"|overc[ao]mes? (?:the|its) (?:presumption|MTUS)"
    r"|(?:does|do|did) not (?:\w+ly )?(?:address|discuss|mention|cover|contain|provide|include"
    r"|comment|speak|give|offer|list|name|deal|treat|refer|set out|recommend for or against)"
    r"|not (?:\w+ly )?(?:addressed|discussed|mentioned|covered)"
    r"|(?:does|do|did) not (?:\w+ )?(?:apply|pertain)|(?:is|are|was|were) not (?:\w+ )?"
    r"(?:applicable|relevant|intended|meant)|inapplicable|appl(?:y|ies) only"
    r"|(?:no|lacks?) (?:\w+ )?(?:recommendations?|guidance|guidelines?|mention|discussion))\b",
    re.IGNORECASE,
)


def below_mtus(citations: Iterable[Citation]) -> bool:
    """Whether any citation ranks below the MTUS."""
    return any(each.ranks_as != "A" for each in citations if not each.is_blank())


def step(citation: Citation) -> int:
    """The step of `SEQUENCE`, 1 to 4, in which a source is searched."""
    if citation.ranks_as == "A":
        return 1
    named = (citation.guideline, citation.organization, citation.title, citation.text)
    if any(_ACOEM_OR_ODG.search(each) for each in named):
        return 2
    return _STUDY if citation.sort == "study" else _OTHER


@lru_cache(maxsize=8)
def states_departure(rationale: str) -> bool:
    """Whether a clause says that the MTUS is silent, does not apply, or is rebutted."""
    return any(
        _MTUS.search(clause) and _SILENT_OR_REBUTTED.search(clause)
        for clause in _CLAUSE.split(rationale)
    )


def needs_departure_reason(item: Item) -> bool:
    """Whether to ask the reviewer (once) why `item` cites a source below the MTUS."""
    asked = item.departure is not None or states_departure(item.rationale)
    return below_mtus(item.citations) and not asked


def sentence(item: Item, departure: Departure) -> str:
    """Draft the sentence that states a departure from the MTUS; the reviewer may edit it.

    Silence means that the condition or injury is not addressed; an ACOEM "No recommendation" is not
    silence. The presumption is rebutted by a preponderance of scientific medical evidence that a
    variance is reasonably required to cure or relieve (Labor Code 4604.5(a)).
    """
    what = one_line(item.request).rstrip(".") or "this treatment"
    if departure == "silent":
        return f"The MTUS is silent on the condition or injury for which {what} is requested."
    return (
        f"The presumption that the MTUS is correct is rebutted for {what}. A preponderance of "
        "scientific medical evidence establishes that a variance is reasonably required to cure or "
        "relieve the injured worker."
    )
