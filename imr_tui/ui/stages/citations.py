"""Stage 4, per item: the citations of the administrator and of the reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container, Vertical
from textual.widgets import OptionList

from imr_tui.domain import standards
from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER, words
from imr_tui.model import evidence_edits
from imr_tui.model.case import Item
from imr_tui.session.citing.citation_drafts import all_left, new_place
from imr_tui.session.citing.sources import applicable_day
from imr_tui.session.reasons import uncited_draft
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.citing import Cite, CopyScreen, Picker
from imr_tui.ui.dialogs.departure import DepartureScreen
from imr_tui.ui.dialogs.reasons import UncitedScreen
from imr_tui.ui.dialogs.weighing import WeighingScreen
from imr_tui.ui.messages import Cited
from imr_tui.ui.stages.citations_keys import KEYS
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.citation_list import CitationList, SourceNotes
from imr_tui.ui.widgets.facts import Facts
from imr_tui.ui.widgets.item_head import ItemHead

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place
    from imr_tui.model.evidence import Citation
    from imr_tui.model.evidence_edits import Side

_CHANGES = ("add", "edit_citation", "remove", "move", "copy", "cite_none", "depart", "weigh")


class CitationsScreen(StageScreen):
    """Two lists of citations as the letter prints them; the keys act on the list in focus."""

    BINDINGS = KEYS

    def form(self) -> Iterable[Widget]:
        yield Facts()
        yield ItemHead(self._index)
        with Container(id="sides"):
            with Vertical():
                yield CitationList("citations", "You cite", REVIEWER)
                yield SourceNotes()
            yield CitationList("administrator_citations", "Administrator cited", ADMINISTRATOR)

    def beside(self) -> Iterable[Widget]:
        """Nothing: on a wide screen the two lists are side by side."""
        return ()

    def first(self) -> str:
        return "citations"

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show)

    def point_out(self, place: Place, span: Span) -> None:
        # The first number in the path is the row: citations[1].
        row = place.field.partition("[")[2].rstrip("]")
        if isinstance(self.focused, OptionList) and row.isdecimal():
            self.focused.highlighted = int(row)

    def _show(self) -> None:
        case, lists = self.app.case, list(self.query(CitationList))
        # There are no lists if the app ends while this screen is being built.
        if case is None or self._index >= len(case.items) or not lists:
            return
        item = case.items[self._index]
        ours, theirs = lists
        ours.show(item.citations)
        theirs.show(item.administrator_citations)
        self.query_one(SourceNotes).show(item, self.app.keys)
        self.refresh_bindings()

    @property
    def _index(self) -> int:
        return self.stage.item or 0

    @property
    def _item(self) -> Item:
        """The item, or a blank one while the case is being closed."""
        items = self.app.case.items if self.app.case is not None else ()
        return items[self._index] if self._index < len(items) else Item()

    @property
    def _side(self) -> Side:
        """The list in focus, else the reviewer's own."""
        theirs = self.focused is not None and self.focused.id == "administrator_citations"
        return "administrator_citations" if theirs else "citations"

    @property
    def _at(self) -> int | None:
        return self.query_one(f"#{self._side}", OptionList).highlighted

    @property
    def _on(self) -> date | None:
        """The date whose guidelines apply to the list in focus."""
        return applicable_day(self.app.open_case, self._index, self._side)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        item = self._item
        if action not in _CHANGES:
            return super().why_not(action, parameters)
        if self.app.read_only:
            return self.app.read_only
        if action in ("edit_citation", "remove", "move") and self._at is None:
            return "This list is empty. Add a citation with a."
        if action == "cite_none" and item.cites:
            return "This item cites a guideline. Remove it first, with d."
        if action == "depart" and not standards.below_mtus(item.citations):
            return "You cite only the MTUS, so no reason is needed."
        if action == "weigh" and not (item.cites and item.administrator_citations):
            return "Both sides must cite a source before you can weigh the evidence."
        return ""

    # ── Actions ──────────────────────────────────────────────────────────────────────────

    def action_add(self) -> None:
        side, on, drafts = self._side, self._on, self.app.drafts
        left = [
            (words(each.now), Cite(each.before, place.number))
            for place, each in all_left(drafts, self._index, side)
        ]

        def cite(picked: Cite | None) -> None:
            if picked is not None:
                self._complete(side, picked, on)

        self.app.push_screen(Picker(on, left), cite)

    def _complete(self, side: Side, picked: Cite, on: date | None) -> None:
        """Complete a new citation; then ask for a reason, if it ranks below the MTUS."""
        citation, number = picked
        if number is None:
            number = new_place(self.app.drafts, self._index, side).number

        def added(is_added: bool | None) -> None:
            if is_added and side == "citations":
                if citation.guideline:
                    self.post_message(Cited(citation.guideline))
                self._ask_soon()

        form = CitationForm(self._index, side, None, citation, on, number)
        self.app.push_screen(form, added)

    def _ask_soon(self) -> None:
        """Ask once the edit that was posted is applied."""
        self.call_later(self.app.call_later, self._ask)

    def _ask(self) -> None:
        """Ask why the MTUS does not decide, if no reason was given or asked for yet."""
        if self.is_current and standards.needs_departure_reason(self._item):
            self.app.push_screen(DepartureScreen(self._index))

    @on(OptionList.OptionSelected)
    def action_edit_citation(self) -> None:
        side, at = self._side, self._at
        if at is None:
            return
        citation = evidence_edits.citations(self.app.open_case, self._index, side)[at]
        was_below = standards.below_mtus(self._item.citations)
        form = CitationForm(self._index, side, at, citation, self._on)
        self.app.push_screen(form, lambda _: None if was_below else self._ask_soon())

    def action_remove(self) -> None:
        if (at := self._at) is not None:
            self.edit(
                partial(evidence_edits.remove_citation, index=self._index, side=self._side, at=at)
            )

    def action_move(self, step: int) -> None:
        side, at = self._side, self._at
        count = len(evidence_edits.citations(self.app.open_case, self._index, side))
        if at is None or not 0 <= at + step < count:
            return
        self.query_one(f"#{side}", OptionList).highlighted = at + step
        self.edit(
            partial(evidence_edits.move_citation, index=self._index, side=side, at=at, to=at + step)
        )

    def action_copy(self) -> None:
        side = self._side

        def copy(copied: tuple[Citation, ...] | None) -> None:
            if copied:
                change = partial(evidence_edits.copy_citations, index=self._index, side=side)
                self.edit(partial(change, copied=copied))
                self._ask_soon()

        self.app.push_screen(CopyScreen(self.app.open_case, self._index, side), copy)

    def action_cite_none(self) -> None:
        index = self._index

        def keep(reason: str | None) -> None:
            if reason is not None:
                change = partial(evidence_edits.set_uncited, index=index, reason=reason)
                if not self.app.parts.editing.refuses(change):
                    self.edit(change, gives=uncited_draft(index))

        self.app.push_screen(UncitedScreen(index, self._item.uncited), keep)

    def action_depart(self) -> None:
        self.app.push_screen(DepartureScreen(self._index))

    def action_weigh(self) -> None:
        self.app.push_screen(WeighingScreen(self._index, self._item.weighing))
