"""The dialog in which one citation is completed, with the words it prints in view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError
from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.catalogue.in_force import remark, status
from imr_tui.catalogue.to_citation import headings, topics_on, with_printed_title
from imr_tui.domain import pages
from imr_tui.domain.citation_text import sentence
from imr_tui.domain.standards import STANDARDS
from imr_tui.model import edits
from imr_tui.model.limits import CitationKind
from imr_tui.ui.dialogs.citation_fields import as_typed, first_field, of_kind, shown_fields, typed
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.headings import Headings
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.catalogue.guidelines import Guideline
    from imr_tui.model.edits import Change, Side
    from imr_tui.model.evidence import Citation

_NAMES: dict[CitationKind, str] = {
    "mtus": "MTUS",
    "guideline": "Guideline outside the MTUS",
    "study": "Study",
    "text": "Free words",
}
_FAULTS = {"year": "a year such as 2016", "standard": "one of A to F"}


class CitationForm(Dialog[None]):
    """The fields of the citation's kind; what is typed is kept at once, Enter or Esc closes."""

    HEADING = "Citation"
    BINDINGS = [  # noqa: RUF012
        Binding("enter", "done", "Done", id="citation.done", tooltip="Close", priority=True),
        Binding(
            "down",
            "highlight(1)",
            "Headings",
            id="citation.down",
            key_display="down",
            tooltip="Choose a heading of the guideline; Enter takes it",
            priority=True,
        ),
        Binding(
            "up",
            "highlight(-1)",
            "Previous",
            id="citation.up",
            show=False,
            tooltip="The heading before",
            priority=True,
        ),
        Binding(
            "ctrl+r", "sort", "Sort pages", id="citation.sort", tooltip="Put the pages in order"
        ),
        Binding(
            "ctrl+t",
            "kind",
            "Kind",
            id="citation.kind",
            tooltip="MTUS, another guideline, a study, or free words",
        ),
    ]

    def __init__(
        self, index: int, side: Side, at: int, citation: Citation, on: date | None = None
    ) -> None:
        super().__init__()
        self._place = (index, side, at)
        self._citation = citation
        self._on = on

    @property
    def _guideline(self) -> Guideline | None:
        return self.app.catalogue_access.catalogue.by_id(self._citation.guideline)

    def body(self) -> Iterable[Widget]:
        values, off = as_typed(self._citation), bool(self.app.read_only)
        for name, label in shown_fields(self._citation, self._guideline).items():
            shown = self.app.drafts.text(self._path(name), values[name])
            yield Field(label, Line(shown, id=name, disabled=off))
        yield Static("", id="catalogue", classes="hint")
        known = self._guideline
        yield Headings(headings(self.app.catalogue_access.catalogue, known) if known else ())
        yield Static("", id="held", classes="hint")
        yield Static("", id="prints")

    def on_mount(self) -> None:
        self._tell()
        self.watch(self.app, "settled_case", self._tell, init=False)
        self._begin()

    def _begin(self) -> None:
        self.query_one(f"#{first_field(self._citation, self._guideline, self._on)}").focus()

    # ── Typing ───────────────────────────────────────────────────────────────────────────

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        name = event.input.id or ""
        try:
            citation = typed(self._citation, name, event.value)
        except ValidationError:
            self.keep_draft(event.input, self._path(name), _FAULTS.get(name, "too much"))
            return
        if event.value == as_typed(self._citation)[name]:
            # To open a citation is not to change it.
            complain(event.input, self._fault(name, event.value))
            self.app.editing.given(self.app.drafts.find(self._path(name)))
            return
        if self._guideline is not None and name in ("sections", "pages"):
            citation = with_printed_title(citation, self._guideline)
        if self.take(event.input, self._change(citation), self._path(name)):
            complain(event.input, self._fault(name, event.value))
            self._citation = citation
        self._offer(event.input)

    def _path(self, name: str) -> str:
        index, side, at = self._place
        return f"items[{index}].{side}[{at}].{name}"

    def _fault(self, name: str, value: str) -> str:
        """What is wrong with pages; an unverified row of the catalogue accuses nobody."""
        if name != "pages":
            return ""
        known = self._guideline
        return pages.fault(value, known.pages if known and known.verified else "")

    def _change(self, citation: Citation) -> Change:
        index, side, at = self._place
        return partial(edits.set_citation, index=index, side=side, at=at, citation=citation)

    def _tell(self) -> None:
        """Say what it prints, what is known of the version, and what stands on its pages."""
        citation, known = self._citation, self._guideline
        self.query_one("#prints", Static).update(Content(printed(citation)))
        self.query_one("#catalogue", Static).update(Content(self._about(known)))
        held = topics_on(known, citation.pages) if known else ()
        titles = "; ".join(topic.title for topic in held)
        self.query_one("#held", Static).update(
            Content(f"On these pages (unverified): {titles}" if titles else "")
        )
        self.refresh_bindings()

    def _about(self, known: Guideline | None) -> str:
        name = _NAMES[self._citation.sort]
        if known is None:
            return f"{name}, not of the catalogue"
        words = status(known, self._on)
        doubt = "" if known.verified else ", unverified"
        stands = f"{words}{doubt} (as of {known.as_of})" if words else ""
        other = remark(self.app.catalogue_access.catalogue, known, self._on)
        return ". ".join(part for part in (f"{name} {known.id}", stands, other) if part)

    # ── Headings ─────────────────────────────────────────────────────────────────────────

    @on(events.DescendantFocus)
    def look(self) -> None:
        if isinstance(self.focused, Input):
            self._offer(self.focused)

    def _offer(self, entry: Input) -> None:
        if entry.id in ("sections", "pages"):
            self.query_one(Headings).offer(entry.value, by_pages=entry.id == "pages")
        else:
            self.query_one(Headings).withdraw()

    def action_highlight(self, step: int) -> None:
        self.query_one(Headings).highlight(step)

    def action_done(self) -> None:
        entry, listed = self.focused, self.query_one(Headings)
        if isinstance(entry, Input) and (value := listed.taken(entry.value)) is not None:
            entry.value = value
            entry.cursor_position = len(value)
        else:
            self.dismiss(None)

    # ── Pages and kind ───────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("sort", "kind") and self.app.read_only:
            return None
        if action == "sort":
            return pages.in_order(self._citation.pages) != self._citation.pages or None
        return True

    def action_sort(self) -> None:
        found = self.query("#pages")
        if found:
            entry = found.first(Input)
            entry.value = pages.in_order(entry.value)

    async def action_kind(self) -> None:
        kinds = get_args(CitationKind)
        kind = kinds[(kinds.index(self._citation.sort) + 1) % len(kinds)]
        citation = of_kind(self._citation, kind)
        change = self._change(citation)
        if self.app.editing.refuses(change):
            return
        self._citation = citation
        self.edit(change, step=self._path("kind"))
        await self.recompose()
        self._tell()
        self._begin()


def printed(citation: Citation) -> str:
    """The sentence that a letter prints, and how the source ranks."""
    rank = f"{citation.ranks_as}, {STANDARDS[citation.ranks_as]}"
    return f"Prints: {sentence(citation)}\nRanks as {rank}."
