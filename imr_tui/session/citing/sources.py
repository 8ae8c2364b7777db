"""The sources that are offered for a citation: of no catalogue, or cited elsewhere in the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.catalogue.in_force import badge
from imr_tui.domain.citation_text import words
from imr_tui.domain.deadlines import guideline_date
from imr_tui.model.evidence import Citation
from imr_tui.model.evidence_edits import Side, citations
from imr_tui.text.user_input import american

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit
    from imr_tui.model.case import Case

OTHERWISE: dict[str, Callable[[str], Citation]] = {
    "Cite these words as they are": lambda words: Citation(kind="text", text=words),
    "A guideline: organization, year, chapter": lambda words: Citation(
        kind="guideline", title=words
    ),
    "A study: authors, journal, year, pages": lambda words: Citation(kind="study", title=words),
}
"""Offered below the hits of a search, for sources that are in no catalogue."""


def applicable_day(case: Case, index: int, side: Side) -> date | None:
    """The day whose guidelines apply to one side's citations of an item; None if not known."""
    particulars, item = case.particulars, case.items[index]
    reviewed = particulars.ur_decision_date
    if side == "administrator_citations" and reviewed:
        return min(item.date_of_service or reviewed, reviewed)
    return guideline_date(particulars, item)


def about(catalogue: Catalogue, on: date | None, problem: str = "") -> str:
    """The day whose guidelines are in force, and how far the catalogue can be relied on.

    `problem`: why the site's own guidelines are not used.
    """
    known = f"as of {american(catalogue.as_of)}; ? = not verified."
    known = (
        f"In force on {american(on)}, {known}"
        if on
        else f"The case has no dates. Catalogue {known}"
    )
    return f"{known} {problem}" if problem else known


def name_of(hit: Hit) -> str:
    """A guideline, or a topic with its guideline, by name."""
    guideline, topic = hit.guideline, hit.topic
    return f"{topic.name}: {guideline.name}" if topic is not None else guideline.name


def mark_of(hit: Hit, on: date | None) -> str:
    """Whether a guideline is the site's own, and its status on a day."""
    marks = ("site" if hit.guideline.is_site else "", badge(hit.guideline, on))
    return " ".join(part for part in marks if part)


# ── Copying ──────────────────────────────────────────────────────────────────────────────

_WHOSE: dict[Side, str] = {
    "citations": "you",
    "administrator_citations": "administrator",
}


@dataclass(frozen=True)
class Offer:
    """Citations that are copied together."""

    label: str
    """Where they are in the case, and their text."""
    citations: tuple[Citation, ...]
    """The citations."""


def offers(case: Case, index: int, side: Side) -> Iterator[Offer]:
    """The citations elsewhere: those of the other side of the item first, then other items."""
    others = [at for at in range(len(case.items)) if at != index]
    for at in (index, *others):
        for whose, name in _WHOSE.items():
            if (at, whose) != (index, side):
                yield from _offers_of(f"Item {at + 1}, {name}", citations(case, at, whose))


def _offers_of(place: str, listed: tuple[Citation, ...]) -> Iterator[Offer]:
    """Each citation of a list, and all; not those kept verbatim, which fit one side only."""
    fit = tuple(each for each in listed if not (each.is_blank() or each.verbatim))
    for citation in fit:
        yield Offer(f"{place}: {words(citation)}", (citation,))
    if len(fit) > 1:
        yield Offer(f"{place}: all {len(fit)}", fit)
