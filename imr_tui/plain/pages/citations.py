"""The page of an item's citations: the reviewer's list, and that of the claims administrator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain import standards
from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER, guideline_line, words
from imr_tui.domain.workflow import Stage
from imr_tui.model import evidence_edits
from imr_tui.plain.command import Command
from imr_tui.plain.fields import numbered
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.plain.pages.citation_form import CitationPage
from imr_tui.plain.pages.departing import ask_departure, ask_uncited
from imr_tui.plain.pages.finding_sources import find_citation
from imr_tui.plain.pages.weighing import WeighingPage
from imr_tui.session.citing.citation_drafts import Place, new_place
from imr_tui.session.citing.source_notes import Ways, notes
from imr_tui.session.citing.sources import offers

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.edits import Change
    from imr_tui.model.evidence import Citation
    from imr_tui.model.evidence_edits import Side
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession

_SOURCES = {"citations": REVIEWER, "administrator_citations": ADMINISTRATOR}
_HEADINGS: dict[Side, str] = {
    "citations": "You cite",
    "administrator_citations": "Administrator cited",
}
_OTHER: dict[Side, Side] = {
    "citations": "administrator_citations",
    "administrator_citations": "citations",
}
_WAYS = Ways(cite_none="none")
_PICKER = ("picker.cite", "picker.down", "picker.up")


class CitationsPage:
    """Both lists as the letter prints them; the commands act on one, and `o` changes it."""

    def __init__(self, session: PlainSession, item: int | None) -> None:
        self._session = session
        self._index = item or 0
        self._side: Side = "citations"
        self.stage = Stage("citations", self._index)
        """The stage that the page shows."""
        self.title = f"Citations of item {self._index + 1}"

    @property
    def _item(self) -> Item:
        return self._session.case.items[self._index]

    @property
    def _listed(self) -> tuple[Citation, ...]:
        return evidence_edits.citations(self._session.case, self._index, self._side)

    def lines(self) -> Iterator[str]:
        """Both lists, what each prints, and what is missing."""
        yield f"Item {self._index + 1} of {len(self._session.case.items)}: {self._item.request}"
        for side in _HEADINGS:
            yield from self._list(side)
        yield from notes(self._item, _WAYS)

    def _list(self, side: Side) -> Iterator[str]:
        listed = evidence_edits.citations(self._session.case, self._index, side)
        yield f"{_HEADINGS[side]}:" if listed else f"{_HEADINGS[side]}: nothing."
        rows = [f"standard {each.ranks_as}, {words(each) or '(blank)'}" for each in listed]
        yield from numbered(rows)
        yield f"Prints: {guideline_line(listed, _SOURCES[side])}"

    def prompt(self) -> str:
        """The item, and the list on which the commands act."""
        whose = "your list" if self._side == "citations" else "the administrator's list"
        return f"Citations of item {self._index + 1}, {self._item.request}, {whose}"

    def commands(self) -> Sequence[Command]:
        """What can be done with the list."""
        return (
            Command("a", "add", self._add, ("citations.add", *_PICKER)),
            Command("e", "edit", self._edit, ("citations.edit",)),
            Command("d", "remove", self._remove, ("citations.remove",)),
            Command("c", "copy", self._copy, ("citations.copy",)),
            Command("o", "other list", self._turn),
            Command("up", "move up", partial(self._move, step=-1), ("citations.up",), False),
            Command("down", "move down", partial(self._move, step=1), ("citations.down",), False),
            Command("none", "no guideline", self._cite_none, ("citations.none",), False),
            Command("m", "why not the MTUS", self._depart, ("citations.depart",), False),
            Command("x", "weigh a conflict", self._weigh, ("citations.weigh",), False),
        )

    # ── Adding and editing ───────────────────────────────────────────────────────────────

    def _add(self, rest: str) -> Page | None:
        session, index, side = self._session, self._index, self._side
        if not self._may_change():
            return None
        found = find_citation(session, index, side, rest)
        if found is None:
            return None
        number = found.number
        if number is None:
            number = new_place(session.drafts, index, side).number
        return self._form(Place(index, side, None, number), found.citation)

    def _edit(self, rest: str) -> Page | None:
        at = self._row(rest)
        if at is None:
            return None
        return self._form(Place(self._index, self._side, at), self._listed[at])

    def _form(self, place: Place, citation: Citation) -> Page:
        page = CitationPage(self._session, place, citation, self._finished)
        page.fill()
        return page

    def _finished(self) -> Page:
        """Ask why the MTUS does not decide, if no reason was given or asked for yet."""
        needs_reason = standards.needs_departure_reason(self._item)
        if self._side == "citations" and needs_reason and not self._session.read_only:
            ask_departure(self._session, self._index)
        return self

    def _remove(self, rest: str) -> None:
        if (at := self._row(rest)) is not None:
            remove = partial(evidence_edits.remove_citation, index=self._index)
            change = partial(remove, side=self._side, at=at)
            gone = words(self._listed[at])
            self._change(change, f"Removed: {gone}. undo restores it.")

    def _move(self, rest: str, step: int) -> None:
        at = self._row(rest)
        if at is None:
            return
        if not 0 <= at + step < len(self._listed):
            self._session.console.error("The citation is at the end of the list already.")
            return
        move = partial(evidence_edits.move_citation, index=self._index, side=self._side)
        change = partial(move, at=at, to=at + step)
        self._change(change, f"Citation {at + 1} is citation {at + step + 1} now.")

    def _copy(self, rest: str) -> None:
        session = self._session
        if not self._may_change():
            return
        offered = list(offers(session.case, self._index, self._side))
        if not offered:
            session.console.error("This case has no other citations yet.")
            return
        at = session.console.choose("Citation to copy", [each.label for each in offered])
        if at is None:
            return
        copied = offered[at].citations
        copy = partial(evidence_edits.copy_citations, index=self._index, side=self._side)
        change = partial(copy, copied=copied)
        self._change(change, f"Copied {offered[at].label}.")
        self._finished()

    # ── Reasons ──────────────────────────────────────────────────────────────────────────

    def _cite_none(self, rest: str) -> None:
        if self._item.cites:
            self._session.console.error("This item cites a guideline. Remove it first, with d.")
        elif self._may_change():
            ask_uncited(self._session, self._index)

    def _depart(self, rest: str) -> None:
        if not standards.below_mtus(self._item.citations):
            self._session.console.error("You cite only the MTUS, so no reason is needed.")
        elif self._may_change():
            ask_departure(self._session, self._index)

    def _weigh(self, rest: str) -> Page | None:
        if not (self._item.cites and self._item.administrator_citations):
            says = "Both sides must cite a source before you can weigh the evidence."
            self._session.console.error(says)
            return None
        return WeighingPage(self._session, self._index, lambda: self)

    def _turn(self, rest: str) -> None:
        """Let the commands act on the other list."""
        self._side = _OTHER[self._side]
        self._session.console.say(*self._list(self._side))

    # ── Rows ─────────────────────────────────────────────────────────────────────────────

    def _row(self, rest: str) -> int | None:
        """The row that a number means, if the list can be changed; says what is wrong."""
        if not self._may_change():
            return None
        return row_typed(self._session.console, rest, len(self._listed), "citation")

    def _may_change(self) -> bool:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        return not self._session.read_only

    def _change(self, change: Change, says: str) -> None:
        """Edit the list, and say what it holds now."""
        if self._session.edit(change, says):
            self._session.console.say(*self._list(self._side))
