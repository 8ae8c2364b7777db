"""IMR402: citations that readers cannot look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Severity, rule
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.guidelines.issuers import ISSUERS
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.catalogue.guidelines import Guideline
    from imr_tui.checks.context import CheckContext


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
        named = any(issuer.search(printed) for issuer in ISSUERS.values())
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
