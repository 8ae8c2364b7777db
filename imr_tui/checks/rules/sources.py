"""IMR401, IMR402, IMR405 and IMR408: citations, and whether they can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Severity, rule
from imr_tui.checks.rules.derivative import is_derivative
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.patterns import LazyPattern
from imr_tui.reading.sentences import near
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item


@rule(
    "IMR401",
    "citation-missing",
    "warning",
    why="The determination must refer to the evidence that it is based on.",
    source="Labor Code 4610.6(d); 8 CCR 9792.10.6(d); 0 of 439 published items",
    fires={"citations": (), "rationale": "Therapy did not help. It is not medically necessary."},
    passes={"citations": (), "uncited": "No guideline speaks of it."},
)
def citation_missing(context: CheckContext) -> Iterator[Hit]:
    """An independent item cites no guideline and gives no reason for that."""
    for index, item in enumerate(context.items):
        begun = item.decision is not None or item.rationale.strip()
        if begun and not (item.cites or item.uncited.strip() or is_derivative(item)):
            yield Hit(Place("citations", index), "No guideline is cited. Cite one, or say why not.")


_WHOLE = LazyPattern(r"\bacupuncture\b", re.IGNORECASE)


@rule(
    "IMR402",
    "citation-incomplete",
    "warning",
    why="The parties cannot look up an incomplete citation.",
    source="8 CCR 9792.21.1(d)(3); complete in 96 % of published MTUS citations",
    fires={"citations": (Citation(title="Low Back Complaints", year=2004, standard="A"),)},
    passes={
        "citations": (
            Citation(title="Low Back Complaints", year=2004, sections=("MRI",), standard="A"),
            Citation(title="Acupuncture Treatment", year=2007, standard="A"),
        )
    },
)
def citation_incomplete(context: CheckContext) -> Iterator[Hit]:
    """A citation is incomplete, so readers cannot look it up.

    An MTUS citation needs a title, a year or section number, and a section or page. Other
    guidelines need organization, year and chapter; studies need authors, title, journal and year.
    For those two it is an info. The acupuncture regulation is a single section and needs no page.
    Only the reviewer's own citations are checked.
    """
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            if citation.is_blank() or not (missing := _missing(citation)):
                continue
            says = f"The citation lacks {listed(missing)}."
            severity: Severity | None = None if citation.is_mtus else "info"
            yield Hit(Place(f"citations[{at}]", index), says, severity=severity)


def _missing(citation: Citation) -> list[str]:
    printed = words(citation)
    dated = citation.year is not None or re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", printed)
    if citation.is_mtus:
        if citation.text.strip() and not citation.title.strip():
            return [] if dated or "9792" in printed else ["its year or section number"]
        inside = citation.sections or citation.pages.strip() or _WHOLE.search(citation.title)
        parts = {
            "its title": citation.title.strip(),
            "its year or section number": dated or citation.section.strip(),
            "the section or the pages": inside,
        }
    elif citation.sort == "study":
        parts = {
            "its authors": citation.authors,
            "its journal": citation.journal,
            "its year": dated,
        }
    else:
        issuers = (_NAMED["ODG"], _NAMED["ACOEM"])
        known = any(issuer.search(printed) for issuer in issuers)
        parts = {"its year": dated, "its title": citation.title.strip() or citation.text.strip()}
        parts["its organization"] = (
            known or _NAMED["ACOEM"].search(printed) or citation.text.strip()
        )
        if not citation.text.strip():
            parts["the chapter"] = citation.section.strip() or citation.sections
    return [what for what, there in parts.items() if not there]


_NAMED = {
    name: LazyPattern(words, re.IGNORECASE)
    for name, words in {
        "ODG": r"\bODG\b|\bofficial disability\b",
        "ACOEM": r"\bACOEM\b|\bAmerican College of Occupational\b",
        "CDC": r"\bCDC\b|\bcenters? for disease control\b",
        "FDA": (
            r"\bFDA\b(?![\s-]+(?:approv|clear|indicat|label|regist|black|warn|boxed))"
            r"|\bfood and drug administration\b(?! approv)"
        ),
        "AAOS": r"\bAAOS\b|\bacademy of orthop\w+\b",
        "NASS": r"\bNASS\b|\bnorth american spine\b",
        "ASIPP": r"\bASIPP\b",
        "Cochrane": r"\bcochrane\b",
        "NICE": r"\bNICE guid\w+",
        "ACR": r"\bACR\b(?= (?:appropriat|guid|criteria))|\bcollege of radiology\b",
        "AHRQ": r"\bAHRQ\b",
    }.items()
}
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
    about a drug, not a source.
    """
    for index, item in enumerate(context.items):
        cited = _all_words(item)
        for name, pattern in _NAMED.items():
            match = _relied_on(pattern, item.rationale)
            held = pattern.search(cited)
            if match and not held and not (name == "ACOEM" and _cites_mtus(item)):
                says = f"{name} is named here but not cited."
                yield Hit(Place("rationale", index), says, match.span())
                break


def _relied_on(pattern: LazyPattern, rationale: str) -> re.Match[str] | None:
    """The first mention of a source that the rationale does not say to be silent."""
    found = pattern.finditer(rationale)
    return next((each for each in found if not _SILENT.search(near(rationale, each.start()))), None)


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
    source="Labor Code 4610.5(c)(2); 1 published letter",
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
