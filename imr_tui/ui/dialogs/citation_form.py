"""The dialog in which one citation is completed, with its printed text in view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.catalogue.to_citation import headings
from imr_tui.domain import pages
from imr_tui.session.citing.citation_description import description, pages_fault
from imr_tui.session.citing.citation_drafts import Place, forget, keep, left_at
from imr_tui.session.citing.citation_fields import (
    KINDS,
    STANDARD_CHOICES,
    accepted,
    as_typed,
    first_field,
    kind_after,
    of_kind,
    shown_fields,
)
from imr_tui.ui.dialogs.citation_keys import KEYS
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.features.checking import PAUSE_SECONDS
from imr_tui.ui.widgets.field import complain
from imr_tui.ui.widgets.headings import Headings

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widget import Widget

    from imr_tui.catalogue.guidelines import Guideline
    from imr_tui.model.evidence import Citation
    from imr_tui.model.evidence_edits import Side
    from imr_tui.model.limits import CitationKind


class CitationForm(Form[bool]):
    """The fields of the citation's kind; answers True once the case holds the citation as typed.

    Nothing is in the case before the form is finished. What is typed is a draft until then.
    """

    HEADING = "Citation"
    BINDINGS = KEYS

    def __init__(
        self,
        index: int,
        side: Side,
        at: int | None,
        citation: Citation,
        on: date | None = None,
        number: int = 0,
    ) -> None:
        """`at` is None for a citation that is not in the case yet; `number` is that of its draft.

        `on` is the day whose guidelines apply.
        """
        super().__init__()
        self._place = Place(index, side, at, number)
        left = left_at(self.app.drafts, self._place)
        self._before = left.before if left is not None and at is None else citation
        self._citation = citation if left is None else left.now
        self._continues = left is not None
        self._on = on
        self._pause: Timer | None = None

    @property
    def _guideline(self) -> Guideline | None:
        return self.app.parts.catalogue_access.catalogue.by_id(self._citation.guideline)

    def body(self) -> Iterable[Widget]:
        values = as_typed(self._citation)
        if self._continues:
            key = self.app.keys.name("citation.start-over")
            says = f"Not in the case yet: what you typed last time. {key} starts over."
            yield Static(Content(says), classes="hint")
        yield self.choice("Kind", "kind", self._citation.sort, KINDS)
        for name, label in shown_fields(self._citation, self._guideline).items():
            if name == "standard":
                yield self.choice(label, name, values[name], STANDARD_CHOICES)
            else:
                yield self.field(label, name, values[name])
        yield Static("", id="catalogue", classes="hint")
        known = self._guideline
        yield Headings(headings(self.app.parts.catalogue_access.catalogue, known) if known else ())
        yield Static("", id="held", classes="hint")
        yield Static("", id="prints")

    def on_mount(self) -> None:
        self._describe()
        self._begin()
        self._keep()

    def _begin(self) -> None:
        self.query_one(f"#{first_field(self._citation, self._guideline, self._on)}").focus()

    # ── Typing ───────────────────────────────────────────────────────────────────────────

    def path(self, name: str) -> str:
        return self._place.path(name)

    def write(self, entry: Entry) -> None:
        name = entry.id or ""
        if name == "kind":
            self.call_later(self._become, cast("CitationKind", entry.value))
        elif entry.value == as_typed(self._citation)[name]:
            # Opening a citation must not change it.
            self._accept(entry, self._citation)
        else:
            try:
                citation = accepted(self._citation, name, entry.value, self._guideline)
            except ValueError as error:
                self.keep_draft(entry, str(error))
            else:
                self._take_up(entry, citation)
        if isinstance(entry, Input):
            self.query_one(Headings).follow(entry)

    def _take_up(self, entry: Entry, citation: Citation) -> None:
        if self.app.parts.editing.refuses(self._place.change(citation)):
            self.keep_draft(entry, "Too much for the case.")
        else:
            self._accept(entry, citation)

    def _accept(self, entry: Entry, citation: Citation) -> None:
        """Make the text of an entry a part of the citation."""
        name = entry.id or ""
        self.refuse(entry, "")
        complain(entry, pages_fault(self._guideline, entry.value) if name == "pages" else "")
        self.app.drafts.drop(self.path(name))
        if citation != self._citation:
            self._citation = citation
            self._keep()
            self._describe_soon()

    def _keep(self) -> None:
        keep(self.app.drafts, self._place, self._before, self._citation)

    def _describe_soon(self) -> None:
        """Describe the citation once the typing pauses."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._describe)

    def _describe(self) -> None:
        """Show the printed text, the state of the guideline, and the topics of the pages."""
        catalogue = self.app.parts.catalogue_access.catalogue
        for name, says in description(self._citation, catalogue, self._on).items():
            self.query_one(f"#{name}", Static).update(Content(says))
        self.refresh_bindings()

    # ── Headings ─────────────────────────────────────────────────────────────────────────

    @on(events.DescendantFocus)
    def offer_headings(self) -> None:
        if isinstance(self.focused, Input):
            self.query_one(Headings).follow(self.focused)

    def action_highlight(self, step: int) -> None:
        self.query_one(Headings).highlight(step)

    async def action_next_field(self) -> None:
        entry, listed = self.focused, self.query_one(Headings)
        if isinstance(entry, Input) and (value := listed.taken(entry.value)) is not None:
            entry.value = value
            entry.cursor_position = len(value)
        else:
            await super().action_next_field()

    # ── The end ──────────────────────────────────────────────────────────────────────────

    def finish(self) -> None:
        if not self._place.is_new and self._citation == self._before:
            self.dismiss(False)
            return
        change = self._place.change(self._citation)
        if self.app.parts.editing.refuses(change):
            return
        self.edit(change, gives=self.path("form"))
        self.dismiss(True)

    def action_close(self) -> None:
        kept = self.app.drafts.paths(self.path(""))
        self.dismiss(None)
        if self._place.is_new:
            add = self.app.keys.name("citations.add")
            again = f" What you typed is kept; {add} offers it again." if kept else ""
            self.app.hint(f"Not added.{again}")
        elif kept:
            edit = self.app.keys.name("citations.edit")
            self.app.hint(f"Not changed. What you typed is kept; {edit} shows it again.")

    # ── Pages and kind ───────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "highlight":
            # A choice has the arrows.
            return isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("sort", "kind", "finish", "start_over") and self.app.read_only:
            return self.app.read_only
        if action == "sort" and pages.in_order(self._citation.pages) == self._citation.pages:
            return "The pages are in order."
        return ""

    def action_sort(self) -> None:
        found = self.query("#pages")
        if found:
            entry = found.first(Input)
            entry.value = pages.in_order(entry.value)

    async def action_kind(self) -> None:
        await self._become(kind_after(self._citation.sort))

    async def _become(self, kind: CitationKind) -> None:
        """Make the citation one of another kind, with the fields of that kind."""
        if kind != self._citation.sort:
            citation = of_kind(self._citation, kind)
            if not self.app.parts.editing.refuses(self._place.change(citation)):
                await self._show_again(citation)

    async def action_start_over(self) -> None:
        forget(self.app.drafts, self._place)
        self._continues = False
        await self._show_again(self._before)

    async def _show_again(self, citation: Citation) -> None:
        """Show the fields of `citation`."""
        chooses_kind = self.focused is not None and self.focused.id == "kind"
        self._citation = citation
        self.faults.clear()
        self._keep()
        await self.recompose()
        self._describe()
        if chooses_kind:
            self.query_one("#kind").focus()
        else:
            self._begin()
