"""One side's citations, each as it will print, and the line that they make together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.citation_text import Source, guideline_line, words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.model.edits import Side
    from imr_tui.model.evidence import Citation


class CitationList(Vertical):
    """The list is what has the focus; its id is the field of the case."""

    def __init__(self, side: Side, heading: str, source: Source) -> None:
        super().__init__()
        self._side = side
        self._heading = heading
        self._source = source

    def compose(self) -> ComposeResult:
        yield Static(Content(self._heading), classes="heading")
        yield OptionList(id=self._side, compact=True)
        yield Static("", classes="hint")

    def show(self, listed: Sequence[Citation]) -> None:
        """List what is cited, and stay at the place in the list."""
        shown = self.query_one(OptionList)
        at = shown.highlighted
        shown.set_options(Option(_line(citation, n)) for n, citation in enumerate(listed, 1))
        shown.highlighted = min(at or 0, len(listed) - 1) if listed else None
        line = guideline_line(listed, self._source)
        self.query_one(".hint", Static).update(Content(f"Prints: {line}"))


def _line(citation: Citation, number: int) -> Content:
    return Content(f"{number}  {citation.ranks_as}  {words(citation) or '(blank)'}")
