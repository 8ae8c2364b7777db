"""Creates a citation from a catalogue entry, prefilled with data from the catalogue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from imr_tui.catalogue.guidelines import Guideline, Topic
from imr_tui.domain.pages import PageRange, read_pages
from imr_tui.model.evidence import Citation

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit

SECTIONS_SINCE = 2016
"""Year from which letters cite MTUS titles by year and sections; earlier ones cite pages."""


def cite(hit: Hit, on: date | None) -> Citation:
    """Create a citation for a search result, in the style of letters of that year."""
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
    """Whether letters of that day cite the guideline by section number and pages."""
    return guideline.is_mtus and on is not None and on.year < SECTIONS_SINCE


def with_printed_title(citation: Citation, guideline: Guideline) -> Citation:
    """Return `citation` with the printed title that matches its use of sections or pages.

    A title that does not come from the catalogue is left alone.
    """
    by_section, by_page = guideline.titles
    if citation.title not in guideline.titles:
        return citation
    if citation.sections:
        return citation.but(title=by_section)
    return citation.but(title=by_page) if citation.pages else citation


def headings(catalogue: Catalogue, guideline: Guideline) -> tuple[Topic, ...]:
    """Headings to cite inside a guideline: for ODG its other chapters, then the topics."""
    chapters = tuple(
        Topic(title=each.section, aliases=each.aliases)
        for each in catalogue.guidelines
        if guideline.kind == each.kind == "odg" and each.id != guideline.id
    )
    return chapters + guideline.topics


def topics_on(guideline: Guideline, pages: str) -> tuple[Topic, ...]:
    """Known topics of a guideline that overlap `pages`."""
    ranges = read_pages(pages) or ()
    return tuple(topic for topic in guideline.topics if _shares(topic, ranges))


def _shares(topic: Topic, ranges: tuple[PageRange, ...]) -> bool:
    own = read_pages(topic.pages) or ()
    return any(page_range.overlaps(each) for page_range in ranges for each in own)
