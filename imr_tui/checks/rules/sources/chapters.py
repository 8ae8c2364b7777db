"""IMR411 and IMR412: whether the cited chapter fits the item, and exists in the cited year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain import deadlines
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import classes_named
from imr_tui.reading.guidelines import chapters
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.guidelines.chapters import Chapter

_KNEE = Citation(title="Knee Complaints", year=2004, sections=("Special Studies",), standard="A")
_LOW_BACK = _KNEE.but(title="Low Back Complaints")
_ANYWHERE = frozenset(
    (
        *("assistant", "bath aid", "bed", "cold or heat", "consultation", "drug screen"),
        *("equipment", "gym"),
        *("functional evaluation", "heart study", "home care", "hospital care", "laboratory test"),
        *("sleep study", "transport", "visit", "walking aid", "x-ray"),
    )
)
"""Kinds of services that ODG discusses in the chapter of one body part for all of them."""
_BEFORE_SURGERY = LazyPattern(r"\bpre[\s-]?op\w*|\bclearance\b", re.IGNORECASE)


@rule(
    "IMR411",
    "chapter-against-item",
    "warning",
    why="A chapter about another body part or treatment does not support the decision.",
    source="8 CCR 9792.21.1(d); 4 of 351 published items, all true",
    fires={"request": "MRI of the left knee", "citations": (_LOW_BACK,)},
    passes={"request": "MRI of the left knee", "citations": (_KNEE,)},
)
def chapter_against_item(context: CheckContext) -> Iterator[Hit]:
    """The cited chapter is about another body part or another kind of treatment than the item.

    Chapters about pain, general approaches and the like fit every item. A chapter about the neck
    fits the arm, and one about the low back the leg, if the rationale mentions the spine. If the
    item names no body part, the chapter has to be about something that the letter mentions.
    ODG discusses some services in the chapter of one body part for all of them, such as transport,
    home care and tests before surgery. They are not reported for ODG.
    """
    for item in context.reading.items:
        for at, citation in enumerate(item.item.citations):
            cited = _cited_chapters(citation)
            if (
                not cited
                or _is_for_any_part(citation)
                or any(_fits(each, item, context, citation) for each in cited)
            ):
                continue
            about = listed(list(dict.fromkeys(each.about for each in cited)), "or")
            says = f"The cited chapter is about {about}, which this item is not. Check the source."
            place = Place(f"citations[{at}]", item.index)
            yield Hit(place, says, also=((item.request.place, None),))


# Sections of ODG about the time before and after surgery, whatever the part.
_ANY_PART = LazyPattern(
    r"\bpre-?\s?operative|\bvenous thrombo\w+|\bcompression (?:garments?|devices?|stockings?"
    r"|hose|therapy|boots?|sleeves?|pumps?)|\blymph\w*edema|\bvasopneumatic|\bflexibility\b",
    re.IGNORECASE,
)


def _is_for_any_part(citation: Citation) -> bool:
    """Whether the cited section of ODG is for all body parts."""
    return not citation.is_mtus and _ANY_PART.search(words(citation)) is not None


def _cited_chapters(citation: Citation) -> tuple[Chapter, ...]:
    if citation.is_blank():
        return ()
    if citation.is_mtus:
        return chapters.named(citation.title or citation.text, "mtus")
    if issuer := chapters.issuer_of(f"{citation.organization} {words(citation)}"):
        inside = citation.section or " ".join(citation.sections) or citation.text
        return chapters.named(inside, issuer)
    return ()


def _fits(chapter: Chapter, item: ItemReading, context: CheckContext, citation: Citation) -> bool:
    if chapter.fits_everything:
        return True
    if chapter.subject is not None:
        return _is_subject(chapter, item, context)
    requested = _requested_regions(item)
    # A specific kind of equipment, such as a brace, belongs to one body part.
    kinds = item.request.treatments | (treatment_kinds.all_kinds(item.request.text) - {"equipment"})
    before = _BEFORE_SURGERY.search(f"{item.request.text} {words(citation)}")
    general = not citation.is_mtus and bool(kinds & _ANYWHERE or before)
    if not requested:
        known = citation.is_mtus or item.request.treatments or item.request.drugs
        return general or not known or _is_mentioned(chapter, context)
    if general or anatomy.any_related(requested, chapter.regions):
        return True
    nearby = anatomy.any_related(requested, chapter.nearby) if chapter.nearby else False
    return nearby and chapter.is_subject_of(item.rationale.text)


_SPINE = {"C": "cervical spine", "T": "thoracic spine", "L": "lumbar spine", "S": "sacrum"}
"""Parts of the spine by the first letter of their vertebrae."""


def _requested_regions(item: ItemReading) -> frozenset[str]:
    """The regions that the request names, also by the level of the spine."""
    levels = (*item.request.levels, *item.original.levels)
    by_level = {_SPINE[vertebra[0]] for level in levels for vertebra in level.vertebrae}
    return anatomy.names(item.request.text) | anatomy.names(item.original.text) | by_level


def _is_subject(chapter: Chapter, item: ItemReading, context: CheckContext) -> bool:
    request, rationale = item.request, item.rationale
    if chapter.is_subject_of(request.text) or set(chapter.classes) & classes_named(request.text):
        return True
    if chapter.name == "acupuncture" and (request.drugs or request.treatments):
        return False
    if chapter.is_subject_of(rationale.text):
        return True
    narrow = chapter.name in ("acupuncture", "opioids")
    return not narrow and _is_mentioned(chapter, context)


def _is_mentioned(chapter: Chapter, context: CheckContext) -> bool:
    """Whether the summary, or any item, mentions the subject of a chapter."""
    reading = context.reading
    texts = [reading.summary.text]
    for item in reading.items:
        texts += [item.request.text, item.rationale.text]
    return any(chapter.is_subject_of(text) for text in texts)


@rule(
    "IMR412",
    "year-never-published",
    "warning",
    why="Readers cannot look up a version that does not exist.",
    source="8 CCR 9792.21.1(d)(3); 8 CCR 9792.22 to 9792.24.7",
    fires={"citations": (_LOW_BACK.but(year=2009),)},
    passes={"citations": (_LOW_BACK,)},
)
def year_never_published(context: CheckContext) -> Iterator[Hit]:
    """An MTUS title is cited with a year in which no version of it was published.

    A year after the last day that the catalogue covers is not reported, unless it lies after the
    decision. Titles that are not in the catalogue are not reported. Of other sources only a year
    that lies after the next one is reported, as editions of the next year are sold before it.
    """
    decided = deadlines.reference_date(context.particulars)
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            year = citation.year
            if citation.is_blank() or year is None:
                continue
            if not citation.is_mtus:
                if decided is not None and year > decided.year + 1:
                    says = f"{year} lies after the decision of {decided.year}. Correct the year."
                    yield Hit(Place(f"citations[{at}]", index), says, _span(citation, year))
                continue
            known = context.guidelines.years_of(citation.title)
            later = year > context.guidelines.as_of.year
            if not known or year in known or (later and (decided is None or year <= decided.year)):
                continue
            years = listed([str(each) for each in known], "or")
            says = f"No version of {citation.title} is dated {year}. Cite {years}."
            yield Hit(Place(f"citations[{at}]", index), says, _span(citation, year))


def _span(citation: Citation, year: int) -> tuple[int, int] | None:
    at = words(citation).find(str(year))
    return (at, at + 4) if at >= 0 else None
