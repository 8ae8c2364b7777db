"""Stage 4, per item: what the administrator cited and what the reviewer cites."""

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui import edits
from imr_tui.case import Case, Citation
from imr_tui.citation import ADMINISTRATOR, REVIEWER, guideline_line, words
from imr_tui.edits import Side
from imr_tui.ui.screens.citation_form import CitationForm
from imr_tui.ui.screens.picker import Picker
from imr_tui.ui.screens.stage import StageScreen
from imr_tui.ui.widgets.item_head import ItemHead


class CitationsScreen(StageScreen):
    """Two lists, each citation as it will print; the keys act on the list in focus."""

    BINDINGS = [  # noqa: RUF012
        Binding("a", "add", "Add", id="citations.add", tooltip="Search the catalogue and cite"),
        Binding("e", "edit_citation", "Edit", id="citations.edit", tooltip="Edit the citation"),
        Binding(
            "d",
            "remove",
            "Remove",
            id="citations.remove",
            tooltip="Remove the citation; undo brings it back",
        ),
        Binding(
            "K", "move(-1)", "Up", id="citations.up", show=False, tooltip="Move the citation up"
        ),
        Binding("J", "move(1)", "Down", id="citations.down", show=False, tooltip="Move it down"),
    ]

    def form(self) -> Iterable[Widget]:
        yield ItemHead(self._index)
        yield Static(Content("You cite:"), classes="heading")
        yield OptionList(id="citations", compact=True)
        yield Static("", id="guideline", classes="hint")
        yield Static(Content("The claims administrator cited:"), classes="heading")
        yield OptionList(id="administrator_citations", compact=True)
        yield Static("", id="administrator_guideline", classes="hint")

    def first(self) -> str:
        return "citations"

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.app, "case", self._show)

    def _show(self, case: Case | None) -> None:
        if case is None or self._index >= len(case.items):
            return
        item = case.items[self._index]
        self._fill("citations", item.citations)
        self._fill("administrator_citations", item.administrator_citations)
        ours = guideline_line(item.citations, REVIEWER)
        theirs = guideline_line(item.administrator_citations, ADMINISTRATOR)
        self.query_one("#guideline", Static).update(Content(f"Prints: {ours}"))
        self.query_one("#administrator_guideline", Static).update(Content(f"Prints: {theirs}"))

    def _fill(self, side: Side, listed: tuple[Citation, ...]) -> None:
        shown = self.query_one(f"#{side}", OptionList)
        at = shown.highlighted
        shown.set_options(Option(_line(citation, n)) for n, citation in enumerate(listed, 1))
        shown.highlighted = min(at or 0, len(listed) - 1) if listed else None

    @property
    def _index(self) -> int:
        return self.stage.item or 0

    @property
    def _side(self) -> Side:
        """The list in focus, else the reviewer's own."""
        theirs = self.focused is not None and self.focused.id == "administrator_citations"
        return "administrator_citations" if theirs else "citations"

    @property
    def _at(self) -> int | None:
        return self.query_one(f"#{self._side}", OptionList).highlighted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        changes = action in ("add", "edit_citation", "remove", "move")
        return None if changes and self.app.read_only else True

    def action_add(self) -> None:
        side = self._side
        at = len(edits.citations(self.app.open_case, self._index, side))

        def cite(citation: Citation | None) -> None:
            if citation is not None:
                self.edit(
                    partial(edits.add_citation, index=self._index, side=side, citation=citation)
                )
                self.app.push_screen(CitationForm(self._index, side, at, citation))

        self.app.push_screen(Picker(self.app.open_case), cite)

    @on(OptionList.OptionSelected)
    def action_edit_citation(self) -> None:
        side, at = self._side, self._at
        if at is not None:
            citation = edits.citations(self.app.open_case, self._index, side)[at]
            self.app.push_screen(CitationForm(self._index, side, at, citation))

    def action_remove(self) -> None:
        if (at := self._at) is not None:
            self.edit(partial(edits.remove_citation, index=self._index, side=self._side, at=at))

    def action_move(self, step: int) -> None:
        side, at = self._side, self._at
        count = len(edits.citations(self.app.open_case, self._index, side))
        if at is None or not 0 <= at + step < count:
            return
        self.query_one(f"#{side}", OptionList).highlighted = at + step
        self.edit(partial(edits.move_citation, index=self._index, side=side, at=at, to=at + step))


def _line(citation: Citation, number: int) -> Content:
    standard = f"  ({citation.standard})" if citation.standard else ""
    return Content(f"{number}  {words(citation) or '(blank)'}{standard}")
