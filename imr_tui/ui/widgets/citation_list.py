"""The sources of an item: the citations of each side, and notes on their choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.citation_text import Source, guideline_line, words
from imr_tui.session.citing.source_notes import Ways, notes

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.keys.key_map import KeyMap
    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Citation
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

    def show(self, item: Item, keys: KeyMap) -> None:
        """Show the notes on `item`, which name keys by `keys`."""
        names = ("citations.add", "citations.none", "citations.depart", "citations.weigh")
        ways = Ways(*map(keys.name, names))
        self.update(Content("\n".join(notes(item, ways))))
