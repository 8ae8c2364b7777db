"""From a catalogue entry to a citation that already holds what the catalogue knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from imr_tui.catalogue.guidelines import Guideline, Topic
from imr_tui.domain.pages import Span, read_pages
from imr_tui.model.evidence import Citation

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit

SECTIONS_SINCE = 2016
"""The year from which letters cite an MTUS title by year and sections, before by pages."""


def cite(hit: Hit, on: date | None) -> Citation:
    """A citation of what was found, in the words of letters of the day's year."""
    guideline, topic = hit.guideline, hit.topic
    citation = Citation(
        guideline=guideline.id,
        kind="mtus" if guideline.is_mtus else "guideline",
        title=guideline.printed,
        organization=guideline.organization if guideline.kind == "other" else "",
        section=guideline.section,
        year=on.year if guideline.yearly and on is not None else guideline.year,
        standard="A" if guideline.is_mtus else "C",
    )
    if not by_pages(guideline, on):
        return citation.but(sections=(topic.title,)) if topic else citation
    if topic is None or topic.pages:
        return citation.but(title=guideline.titles[1], pages=topic.pages if topic else "")
    return citation.but(sections=(topic.title,))


def by_pages(guideline: Guideline, on: date | None) -> bool:
    """Whether letters of a day cite it by section number and pages."""
    return guideline.is_mtus and on is not None and on.year < SECTIONS_SINCE


def in_dialect(citation: Citation, guideline: Guideline) -> Citation:
    """`citation` with the title that goes with sections, or the one that goes with pages.

    A title that is not the catalogue's own is left alone.
    """
    by_section, by_page = guideline.titles
    if citation.title not in guideline.titles:
        return citation
    if citation.sections:
        return citation.but(title=by_section)
    return citation.but(title=by_page) if citation.pages else citation


def headings(catalogue: Catalogue, guideline: Guideline) -> tuple[Topic, ...]:
    """What can be cited inside a guideline: of ODG its other chapters first, then its topics."""
    chapters = tuple(
        Topic(title=each.section, aliases=each.aliases)
        for each in catalogue.guidelines
        if guideline.kind == each.kind == "odg" and each.id != guideline.id
    )
    return chapters + guideline.topics


def topics_on(guideline: Guideline, pages: str) -> tuple[Topic, ...]:
    """The topics that stand on `pages`, as far as the catalogue knows."""
    spans = read_pages(pages) or ()
    return tuple(topic for topic in guideline.topics if _shares(topic, spans))


def _shares(topic: Topic, spans: tuple[Span, ...]) -> bool:
    own = read_pages(topic.pages) or ()
    return any(span.meets(each) for span in spans for each in own)
