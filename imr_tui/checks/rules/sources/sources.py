"""IMR401, IMR405 and IMR408: whether the reasons name and cite their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.decision.derivative import is_derivative
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.guidelines.issuers import ISSUERS, SIGNS
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import near

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item


@rule(
    "IMR401",
    "citation-missing",
    "warning",
    why="The determination must refer to the evidence that it is based on.",
    source="Labor Code 4610.6(e); 8 CCR 9792.10.6(d); 0 of 439 published items",
    fires={"citations": (), "rationale": "Therapy did not help. It is not medically necessary."},
    passes={"citations": (), "uncited": "No guideline speaks of it."},
)
def citation_missing(context: CheckContext) -> Iterator[Hit]:
    """An independent item cites no guideline and gives no reason for that."""
    for index, item in enumerate(context.items):
        begun = item.decision is not None or item.rationale.strip()
        if begun and not (item.cites or item.uncited.strip() or is_derivative(item)):
            yield Hit(Place("citations", index), "No guideline is cited. Cite one, or say why not.")


_SILENT = LazyPattern(
    r"\b(?:silent|approved by|approval"
    r"|(?:do|does|did) not (?:\w+ly )?(?:address|discuss|mention|cover|comment"
    r"|contain))\b",
    re.IGNORECASE,
)


@rule(
    "IMR405",
    "source-named-not-cited",
    "info",
    why="The citations should include every source that the reasons rely on.",
    source="19 of 439 published items",
    fires={"rationale": "The CDC guideline advises against it. It is not medically necessary."},
    passes={"rationale": "ACOEM advises against it, as the MTUS does. It is not necessary."},
)
def source_named_not_cited(context: CheckContext) -> Iterator[Hit]:
    """The rationale names a source that the item does not cite.

    The MTUS adopts ACOEM by reference, so citing the MTUS also cites ACOEM. FDA approval is a fact
    about a drug, not a source. A reference of authors and year in brackets, as quoted guidelines
    give it, names an author: "(Gross-Cochrane, 2002)".
    """
    for index, item in enumerate(context.items):
        cited, low = _all_words(item), lowered(item.rationale)
        for name, pattern in ISSUERS.items():
            if not any(sign in low for sign in SIGNS[name]):
                continue
            match = _relied_on(pattern, item.rationale)
            held = pattern.search(cited)
            if match and not held and not (name == "ACOEM" and _cites_mtus(item)):
                says = f"{name} is named here but not cited."
                yield Hit(Place("rationale", index), says, match.span())
                break


def _relied_on(pattern: LazyPattern, rationale: str) -> re.Match[str] | None:
    """The first mention of a source that the rationale does not say to be silent."""
    for match in pattern.finditer(rationale):
        is_author = _AUTHOR_AFTER.match(rationale, match.end()) or _AUTHOR_BEFORE.search(
            rationale, max(0, match.start() - 40), match.start()
        )
        if not is_author and not _SILENT.search(near(rationale, match.start())):
            return match
    return None


# Parts of a reference in brackets: "(Cochrane, 2002)", "(Doe-Cochrane et al., 2005)".
_AUTHOR_AFTER = LazyPattern(
    r"(?:-[A-Z][a-z]+|,? (?:[A-Z]{1,2}\b|et al\.?|(?:and|&) [A-Z][a-z]+))"
    r"|,? ?(?:19|20)\d\d[a-z]?[);,]"
)
_AUTHOR_BEFORE = LazyPattern(r"[A-Z][a-z]+-$|[A-Z][a-z]+,? (?:and|&) $")


def _all_words(item: Item) -> str:
    cited = (*item.citations, *item.administrator_citations)
    return "\n".join(f"{words(each)} {each.organization}" for each in cited)


def _cites_mtus(item: Item) -> bool:
    return any(each.is_mtus for each in item.citations)


_WEAK = LazyPattern(
    r"\b(?:slide\s?share|slideplayer|prezi|scribd|wikipedia|wikihow|webmd|healthline|about\.com"
    r"|ehow|quora|reddit|youtube"
    r"|facebook|blog(?:spot)?|wordpress|medicinenet|livestrong|everydayhealth|drugs\.com"
    r"|spine-health|emedicinehealth"
    r"|verywell\w*|answers\.com|encyclop\w+|yahoo|amazon|brochure|advertis\w+|press release"
    r"|patient testimonials?"
    r"|(?:manufacturer|vendor|company|product)(?:'s)? (?:web\s?site|page|literature|brochure))",
    re.IGNORECASE,
)


@rule(
    "IMR408",
    "weak-source",
    "warning",
    why="Only guidelines and studies are evidence; slides and advertisements are not.",
    source="8 CCR 9792.21.1, 9792.25.1; 1 published letter",
    fires={"citations": (Citation(text="www.slideshare.net, Shoulder rehabilitation"),)},
    passes={"citations": (Citation(text="Cochrane Database of Systematic Reviews, 2014"),)},
)
def weak_source(context: CheckContext) -> Iterator[Hit]:
    """The reviewer cites slides, an encyclopedia, an advertisement or a forum."""
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            printed = words(citation)
            if match := _WEAK.search(printed):
                says = f"{match[0]} is not acceptable evidence. Cite a guideline or a study."
                yield Hit(Place(f"citations[{at}]", index), says, match.span())
