"""IMR403 and IMR404: whether a cited document was in force and has the cited pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from imr_tui.catalogue.in_force import remark
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain import deadlines, pages
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.dates.dates import long_date

if TYPE_CHECKING:
    from imr_tui.catalogue.guidelines import Guideline
    from imr_tui.checks.context import CheckContext

_PAIN_2009 = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Medical Treatment",
    year=2009,
    sections=("Epidural steroid injections",),
    standard="A",
)
_PAGED = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Treatment Guidelines",
    section="9792.24.2",
    standard="A",
)


@rule(
    "IMR403",
    "citation-superseded",
    "warning",
    why="The version in force on the decision date is the one presumed correct.",
    source="8 CCR 9792.20 to 9792.27.23; Labor Code 4604.5",
    fires={
        "case.decision_date": date(2017, 2, 27),
        "citations": (_PAIN_2009,),
    },
    passes={
        "case.decision_date": date(2014, 12, 8),
        "citations": (_PAIN_2009,),
    },
)
def citation_superseded(context: CheckContext) -> Iterator[Hit]:
    """The cited version was not in force on the decision date, or the item's date of service.

    The date of service counts for a service that was rendered before the decision, in retrospective
    review. Without a decision date, the latest date of the case is used. Each guideline is judged
    by its own dates, not by its year, and only if a public page confirms them. A version of a later
    year than that date cannot have been in force. The message says when the version was superseded,
    which one was in force, and how current the catalogue is.
    """
    for place, citation, guideline in _cited(context):
        item = context.items[place.item or 0]
        day = deadlines.guideline_date(context.particulars, item)
        if day is None:
            continue
        served = day == item.date_of_service
        what = "the date of service, " if served else "the decision of "
        if fault := _not_in_force(citation, guideline, day, what + long_date(day)):
            instead = remark(context.guidelines, guideline, day)
            says = f"{fault}. {instead}" if instead else fault
            dated = Place("date_of_service", place.item) if served else Place("case.decision_date")
            yield Hit(place, f"{says}.", also=((dated, None),))


def _not_in_force(citation: Citation, guideline: Guideline, day: date, what: str) -> str:
    """Why a cited version was not in force on a day, which `what` names; blank if it was."""
    begins, ends = guideline.effective_from, guideline.effective_to
    if guideline.verified and ends is not None and guideline.force(day) == "past":
        superseded = long_date(ends + timedelta(days=1))
        return f"This version was superseded on {superseded}, before {what}"
    if guideline.verified and begins is not None and guideline.force(day) == "future":
        return f"This version took effect on {long_date(begins)}, after {what}"
    if guideline.is_mtus and citation.year is not None and citation.year > day.year:
        return f"This version is dated {citation.year}, after {what}"
    return ""


@rule(
    "IMR404",
    "citation-pages-outside",
    "warning",
    why="Readers cannot look up pages that the document does not have.",
    source="8 CCR 9792.21.1(d)(3); the 2009 Chronic Pain guideline has 127 pages",
    fires={
        "citations": (_PAGED.but(pages="22, 146-147"),),
    },
    passes={
        "citations": (_PAGED.but(pages="22, 46-47, 96-99"),),
    },
)
def citation_pages_outside(context: CheckContext) -> Iterator[Hit]:
    """A cited page is not in the document, or a page range runs backwards."""
    known = {place: each for place, _, each in _cited(context) if each.has_verified_pages}
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            place = Place(f"citations[{at}]", index)
            document = known[place].pages if place in known else ""
            if not citation.is_blank() and (fault := pages.fault(citation.pages, document)):
                yield Hit(place, f"Page {fault}.")


def _cited(context: CheckContext) -> Iterator[tuple[Place, Citation, Guideline]]:
    """The reviewer's citations of guidelines in the catalogue."""
    for index, item in enumerate(context.items):
        for at, citation in enumerate(item.citations):
            if (guideline := _document(context, citation)) is not None:
                yield Place(f"citations[{at}]", index), citation, guideline


def _document(context: CheckContext, citation: Citation) -> Guideline | None:
    """The guideline that a citation refers to, by id or by an unambiguous title."""
    if citation.guideline:
        return context.guidelines.by_id(citation.guideline)
    if not citation.is_mtus:
        return None
    if citation.year is not None:
        named = context.guidelines.printed_as(citation.title, citation.year)
        return context.guidelines.by_id(named)
    return _by_section(context, citation) if citation.section.strip() else None


def _by_section(context: CheckContext, citation: Citation) -> Guideline | None:
    named = [
        each
        for each in context.guidelines.guidelines
        if each.section == citation.section and citation.title in each.titles
    ]
    return named[0] if len(named) == 1 else None
