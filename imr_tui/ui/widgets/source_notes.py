"""What is said of the choice of an item's sources, and what is still to be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.domain import standards
from imr_tui.domain.citation_text import words

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Weighing


class SourceNotes(Static):
    """One line for each note, with the key that answers it."""

    def __init__(self) -> None:
        super().__init__("", classes="hint")

    def show(self, item: Item) -> None:
        """Write the notes on `item` anew."""
        self.update(Content("\n".join(notes(item))))


def notes(item: Item) -> Iterator[str]:
    """The notes on the sources of `item`, one a line."""
    if item.uncited.strip():
        yield f"You cite no guideline: {item.uncited}"
    elif not item.cites and not item.follows:
        yield "Nothing cited yet: a adds a guideline, n says why there is none."
    if standards.below_mtus(item.citations) and not standards.states_departure(item.rationale):
        yield "The rationale does not say why the MTUS does not decide: m puts it there."
    if item.weighing is not None:
        yield _weighed(item.weighing)
    elif _differ(item):
        yield "Does their source conflict with yours? x weighs the evidence."


def _weighed(weighing: Weighing) -> str:
    ours, theirs = weighing.reviewer_level or "?", weighing.administrator_level or "?"
    sides = {"administrator": "theirs prevails", "reviewer": "yours prevails"}
    prevails = sides.get(weighing.prevails or "", "open")
    return f"Conflict weighed: yours {ours}, theirs {theirs}, {prevails}."


def _differ(item: Item) -> bool:
    """Whether both sides cite, and not the same."""
    ours, theirs = (
        {words(each) for each in cited if not each.is_blank()}
        for cited in (item.citations, item.administrator_citations)
    )
    return bool(ours and theirs and ours.isdisjoint(theirs))
