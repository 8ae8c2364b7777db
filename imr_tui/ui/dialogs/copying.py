"""The dialog that copies citations which stand elsewhere in the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.citation_text import words
from imr_tui.model.edits import Side, citations
from imr_tui.model.evidence import Citation
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Case

_WHOSE: dict[Side, str] = {
    "citations": "you",
    "administrator_citations": "administrator",
}


@dataclass(frozen=True)
class Offer:
    """Citations to copy together."""

    label: str
    """Where they stand, and what they say."""
    citations: tuple[Citation, ...]
    """What is copied."""


class CopyScreen(Dialog[tuple[Citation, ...] | None]):
    """Answers with the citations that Enter chose, or None."""

    HEADING = "Copy a citation"

    def __init__(self, case: Case, index: int, side: Side) -> None:
        super().__init__()
        self._offers = list(offers(case, index, side))

    def body(self) -> Iterable[Widget]:
        yield OptionList(*(Option(Content(each.label)) for each in self._offers), compact=True)
        says = "Enter copies it." if self._offers else "Nothing else is cited in this case yet."
        yield Static(Content(says), classes="hint")

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0 if self._offers else None

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._offers[event.option_index].citations)


def offers(case: Case, index: int, side: Side) -> Iterator[Offer]:
    """What stands elsewhere: the other side of the item first, then the other items."""
    others = [at for at in range(len(case.items)) if at != index]
    for at in (index, *others):
        for whose, name in _WHOSE.items():
            if (at, whose) != (index, side):
                yield from _offers_of(f"Item {at + 1}, {name}", citations(case, at, whose))


def _offers_of(place: str, listed: tuple[Citation, ...]) -> Iterator[Offer]:
    """Each of one list, and all of it; words kept as a letter had them speak for one side only."""
    fit = tuple(each for each in listed if not (each.is_blank() or each.verbatim))
    for citation in fit:
        yield Offer(f"{place}: {words(citation)}", (citation,))
    if len(fit) > 1:
        yield Offer(f"{place}: all {len(fit)}", fit)
