"""IMR411: whether the cited chapters and headings fit the item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.sources.headings import other_headings
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import classes_named
from imr_tui.reading.guidelines import chapters
from imr_tui.reading.guidelines.headings import FOR_ANY_TREATMENT
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.guidelines.chapters import Chapter

_KNEE = Citation(title="Knee Complaints", year=2004, sections=("Special Studies",), standard="A")
_LOW_BACK = _KNEE.but(title="Low Back Complaints")
_ANYWHERE = FOR_ANY_TREATMENT | {
    *("bath aid", "bed", "cold or heat", "drug screen", "equipment", "gym", "sleep study"),
    "walking aid",
}
"""Kinds of services that ODG discusses in the chapter of one body part for all of them."""
_SPINE = frozenset(("spine",))
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
    """The cited chapter or heading is about another body part or treatment than the item.

    Chapters about pain, general approaches and the like fit every item. A chapter about the neck
    fits the arm, and one about the low back the leg, if the rationale mentions the spine. If the
    item names no body part, the chapter has to be about something that the letter mentions.
    ODG discusses some services in the chapter of one body part for all of them, such as transport,
    home care and tests before surgery. They are not reported for ODG.

    A heading is reported if it names another treatment, study or drug class than the item, and no
    citation of the item fits. Citations without a heading fit, and so do general headings. A
    heading about an operation fits an item that goes with one. Consultations, laboratory tests and
    other services that go with any treatment are not reported.
    """
    for item in context.reading.items:
        also = ((item.request.place, None),)
        misfits = False
        for at, citation in enumerate(item.item.citations):
            if about := _other_chapters(citation, item, context):
                parts = listed(list(dict.fromkeys(each.about for each in about)), "or")
                says = f"The cited chapter is about {parts}, which this item is not."
                place = Place(f"citations[{at}]", item.index)
                yield Hit(place, f"{says} Check the source.", also=also)
                misfits = True
        if not misfits and (others := other_headings(item, context.reading)):
            named = listed([f'"{each.words}"' for each in others])
            says = f"No cited heading is about this item ({named}). Check the source."
            yield Hit(Place(f"citations[{others[0].at}]", item.index), says, also=also)


def _other_chapters(
    citation: Citation, item: ItemReading, context: CheckContext
) -> tuple[Chapter, ...]:
    """The chapters that a citation names, if none of them fits the item."""
    if _is_for_any_part(citation):
        return ()
    for cited in (_cited_chapters(citation), _parts_after_surgery(citation)):
        if cited and not any(_fits(each, item, context, citation) for each in cited):
            return cited
    return ()


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


def _parts_after_surgery(citation: Citation) -> tuple[Chapter, ...]:
    """The body parts by which the guideline on treatment after surgery is divided."""
    if not (citation.is_mtus and chapters.is_postsurgical(citation.title)):
        return ()
    named = chapters.named("; ".join(citation.sections), "mtus")
    return tuple(each for each in named if each.regions)


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
    # The spine may explain the findings in a limb, but an operation on the limb is another matter.
    if "surgery" in kinds and anatomy.any_related(_SPINE, chapter.regions):
        return False
    nearby = anatomy.any_related(requested, chapter.nearby) if chapter.nearby else False
    return nearby and chapter.is_subject_of(item.rationale.text)


def _requested_regions(item: ItemReading) -> frozenset[str]:
    """The regions that the request names, also by the level of the spine."""
    levels = (*item.request.levels, *item.original.levels)
    by_level = set(map(anatomy.spine, levels))
    return anatomy.names(item.request.text) | anatomy.names(item.original.text) | by_level


def _is_subject(chapter: Chapter, item: ItemReading, context: CheckContext) -> bool:
    request, rationale = item.request, item.rationale
    if chapter.is_subject_of(request.text) or set(chapter.classes) & classes_named(request.text):
        return True
    if chapter.name == "acupuncture" and (request.drugs or request.treatments):
        return False
    if chapter.is_subject_of(rationale.text):
        return True
    narrow = chapter.name in ("acupuncture", "opioids", "fitness for duty")
    return not narrow and _is_mentioned(chapter, context)


def _is_mentioned(chapter: Chapter, context: CheckContext) -> bool:
    """Whether the summary, or any item, mentions the subject of a chapter."""
    reading = context.reading
    texts = [reading.summary.text]
    for item in reading.items:
        texts += [item.request.text, item.rationale.text]
    return any(chapter.is_subject_of(text) for text in texts)
