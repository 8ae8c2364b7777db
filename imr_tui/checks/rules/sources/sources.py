"""IMR401, IMR402, IMR405 and IMR408: citations, and whether they can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Severity, rule
from imr_tui.checks.rules.decision.derivative import is_derivative
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import near
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.catalogue.guidelines import Guideline
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

    An MTUS citation needs a title, its year, and a section or page; with pages, the section number
    of the regulation stands for the year, as in letters of 2014. Other guidelines need
    organization, year and chapter; studies need authors, title, journal and year. For those two it
    is an info. So is a missing section of an MTUS guideline whose headings the catalogue does not
    know, and a page in place of a section. The acupuncture regulation is a single section and
    needs no page. A guideline that the catalogue has without chapters needs no chapter. Only the
    reviewer's own citations are checked.
    """
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            known = context.guidelines.by_id(citation.guideline)
            missing = [] if citation.is_blank() else _missing(citation, known)
            if not missing:
                if citation.is_mtus and _has_page_as_section(citation):
                    says = f'"{citation.sections[0]}" is a page and no section. Name the section.'
                    yield Hit(Place(f"citations[{at}]", index), says, severity="info")
                continue
            says = f"The citation lacks {listed(missing)}."
            has_no_headings = known is not None and not known.topics
            minor = not citation.is_mtus or (missing == [_INSIDE] and has_no_headings)
            severity: Severity | None = "info" if minor else None
            yield Hit(Place(f"citations[{at}]", index), says, severity=severity)


_PAGES = LazyPattern(
    r"(?:(?:pages?|pgs?|pp?)\b\.?\s?)?\d{1,3}(?:\s?(?:-|,|and|to)\s?\d{1,3}){0,5}", re.IGNORECASE
)


def _has_page_as_section(citation: Citation) -> bool:
    """Whether the sections that a citation names are only numbers of pages."""
    named = [each.strip() for each in citation.sections if each.strip()]
    return bool(named) and all(map(_PAGES.fullmatch, named))


_INSIDE = "the section or the pages"
_YEAR = LazyPattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _missing(citation: Citation, known: Guideline | None) -> list[str]:
    printed = words(citation)
    dated = citation.year is not None or _YEAR.search(printed)
    if citation.is_mtus:
        parts = _mtus_parts(citation, printed, dated=bool(dated))
    elif citation.sort == "study":
        parts = {
            "its authors": citation.authors,
            "its journal": citation.journal,
            "its year": dated,
        }
    else:
        named = any(issuer.search(printed) for issuer in _NAMED.values())
        issued = named or citation.organization.strip() or citation.text.strip()
        parts = {"its year": dated, "its title": citation.title.strip() or citation.text.strip()}
        parts["its organization"] = issued
        has_chapters = known is None or bool(known.section)
        if has_chapters and not citation.text.strip():
            parts["the chapter"] = citation.section.strip() or citation.sections
    return [what for what, there in parts.items() if not there]


def _mtus_parts(citation: Citation, printed: str, *, dated: bool) -> dict[str, object]:
    """The elements of an MTUS citation, each with whether the letter prints it."""
    numbered = "9792" in printed
    if citation.text.strip() and not citation.title.strip():
        return {"its year or section number": dated or numbered}
    title = {"its title": citation.title.strip()}
    if citation.pages.strip() and not citation.sections:
        return title | {"its year or section number": dated or numbered}
    inside = citation.sections or citation.pages.strip() or _WHOLE.search(citation.title)
    return title | {"its year": dated, _INSIDE: inside}


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
_SIGNS = {
    "ODG": ("odg", "official"),
    "ACOEM": ("acoem", "american"),
    "CDC": ("cdc", "disease"),
    "FDA": ("fda", "food"),
    "AAOS": ("aaos", "academy"),
    "NASS": ("nass", "north"),
    "ASIPP": ("asipp",),
    "Cochrane": ("cochrane",),
    "NICE": ("nice",),
    "ACR": ("acr", "college"),
    "AHRQ": ("ahrq",),
}
"""Parts of words of which each name contains one; looked for first, as that is fast."""
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
        for name, pattern in _NAMED.items():
            if not any(sign in low for sign in _SIGNS[name]):
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
