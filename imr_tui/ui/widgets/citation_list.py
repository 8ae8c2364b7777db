"""The sources of an item: the citations of each side, and notes on their choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain import standards
from imr_tui.domain.citation_text import Source, guideline_line, words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Citation, Weighing
    from imr_tui.model.evidence_edits import Side


class CitationList(Vertical):
    """One side's citations, each as it will print; the list has the focus and the field's id."""

    def __init__(self, side: Side, heading: str, source: Source) -> None:
        super().__init__()
        self._side = side
        self.border_title = Content(heading)
        self._source = source

    def compose(self) -> ComposeResult:
        yield OptionList(id=self._side, compact=True)
        yield Static("", classes="hint")

    def show(self, listed: Sequence[Citation]) -> None:
        """List the citations; the cursor stays on its line."""
        shown = self.query_one(OptionList)
        at = shown.highlighted
        shown.set_options(Option(_line(citation, n)) for n, citation in enumerate(listed, 1))
        shown.highlighted = min(at or 0, len(listed) - 1) if listed else None
        line = guideline_line(listed, self._source)
        self.query_one(".hint", Static).update(Content(f"Prints: {line}"))


def _line(citation: Citation, number: int) -> Content:
    return Content(f"{number}  {citation.ranks_as}  {words(citation) or '(blank)'}")


class SourceNotes(Static):
    """One line for each note on the choice of sources, with the key that answers it."""

    def __init__(self) -> None:
        super().__init__("", classes="hint")

    def show(self, item: Item) -> None:
        """Show the notes on `item`."""
        self.update(Content("\n".join(notes(item))))


def notes(item: Item) -> Iterator[str]:
    """The notes on the sources of `item`, one a line."""
    if item.uncited.strip():
        yield f"You cite no guideline: {item.uncited}"
    elif not item.cites and not item.follows:
        yield "Nothing cited yet. a adds a guideline, n gives a reason to cite none."
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
    """Whether both sides cite, and nothing that both have."""
    ours, theirs = (
        {words(each) for each in cited if not each.is_blank()}
        for cited in (item.citations, item.administrator_citations)
    )
    return bool(ours and theirs and ours.isdisjoint(theirs))
