"""Notes on the sources that an item cites, and on what is still to be said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain import standards
from imr_tui.domain.citation_text import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Weighing


class Ways(NamedTuple):
    """The keys or commands that answer the notes."""

    add: str = "a"
    """Adds a guideline."""
    cite_none: str = "n"
    """Gives a reason to cite none."""
    depart: str = "m"
    """States why the MTUS does not decide."""
    weigh: str = "x"
    """Weighs the evidence."""


APP = Ways()
"""The keys of the app."""


def notes(item: Item, ways: Ways = APP) -> Iterator[str]:
    """The notes on the sources of `item`, one a line."""
    if item.uncited.strip():
        yield f"You cite no guideline: {item.uncited}"
    elif not item.cites and not item.follows:
        yield (
            f"Nothing cited yet. {ways.add} adds a guideline, {ways.cite_none} gives a reason to "
            "cite none."
        )
    if standards.below_mtus(item.citations) and not standards.states_departure(item.rationale):
        yield (
            f"The rationale does not say why the MTUS does not decide: {ways.depart} puts it there."
        )
    if item.weighing is not None:
        yield _weighed(item.weighing)
    elif _differ(item):
        yield f"Does their source conflict with yours? {ways.weigh} weighs the evidence."


def _weighed(weighing: Weighing) -> str:
    ours, theirs = weighing.reviewer_level or "?", weighing.administrator_level or "?"
    sides = {"administrator": "theirs prevails", "reviewer": "yours prevails"}
    prevails = sides.get(weighing.prevails or "", "open")
    return f"Conflict weighed: yours {ours}, theirs {theirs}, {prevails}."


def _differ(item: Item) -> bool:
    """Whether both sides cite, and nothing that both have."""
    ours, theirs = (
        {words(each) for each in cited if not each.is_blank()}
        for cited in (item.citations, item.administrator_citations)
    )
    return bool(ours and theirs and ours.isdisjoint(theirs))
