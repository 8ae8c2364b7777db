"""IMR412: whether the MTUS has a version of the cited year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain import deadlines
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_LOW_BACK = Citation(
    title="Low Back Complaints", year=2004, sections=("Special Studies",), standard="A"
)


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
