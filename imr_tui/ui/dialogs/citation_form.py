"""The dialog in which one citation is completed, with its printed text in view."""

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
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.widgets.field import complain
from imr_tui.ui.widgets.headings import Headings

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


class CitationForm(Form[None]):
    """The fields of the citation's kind; Enter or Esc closes."""

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
        values = as_typed(self._citation)
        for name, label in shown_fields(self._citation, self._guideline).items():
            yield self.field(label, name, values[name])
        yield Static("", id="catalogue", classes="hint")
        known = self._guideline
        yield Headings(headings(self.app.catalogue_access.catalogue, known) if known else ())
        yield Static("", id="held", classes="hint")
        yield Static("", id="prints")

    def on_mount(self) -> None:
        self._describe()
        self.watch(self.app, "settled_case", self._describe, init=False)
        self._begin()

    def _begin(self) -> None:
        self.query_one(f"#{first_field(self._citation, self._guideline, self._on)}").focus()

    # ── Typing ───────────────────────────────────────────────────────────────────────────

    def write(self, entry: Input) -> None:
        name = entry.id or ""
        if entry.value == as_typed(self._citation)[name]:
            # Opening a citation must not change it.
            complain(entry, self._fault(name, entry.value))
            self.app.editing.given(self.app.drafts.find(self.path(name)))
        else:
            super().write(entry)

    def path(self, name: str) -> str:
        index, side, at = self._place
        return f"items[{index}].{side}[{at}].{name}"

    def change(self, name: str, text: str) -> Change:
        return self._change(self._with(name, text))

    def _with(self, name: str, text: str) -> Citation:
        """The citation with a field as typed; raises ValueError with its error text."""
        try:
            citation = typed(self._citation, name, text)
        except ValidationError:
            raise ValueError(_FAULTS.get(name, "too much")) from None
        if self._guideline is not None and name in ("sections", "pages"):
            return with_printed_title(citation, self._guideline)
        return citation

    def take(self, entry: Input, change: Change) -> bool:
        is_taken = super().take(entry, change)
        self._offer(entry)
        return is_taken

    def taken(self, entry: Input) -> None:
        name = entry.id or ""
        complain(entry, self._fault(name, entry.value))
        self._citation = self._with(name, entry.value)

    def _fault(self, name: str, value: str) -> str:
        """The error text for pages; they are not compared with an unverified guideline."""
        if name != "pages":
            return ""
        known = self._guideline
        return pages.fault(value, known.pages if known and known.verified else "")

    def _change(self, citation: Citation) -> Change:
        index, side, at = self._place
        return partial(edits.set_citation, index=index, side=side, at=at, citation=citation)

    def _describe(self) -> None:
        """Show the printed text, the state of the guideline, and the topics of the pages."""
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
    def offer_headings(self) -> None:
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
        self.edit(change, step=self.path("kind"))
        await self.recompose()
        self._describe()
        self._begin()


def printed(citation: Citation) -> str:
    """The sentence in the letter, and the rank of the source."""
    rank = f"{citation.ranks_as}, {STANDARDS[citation.ranks_as]}"
    return f"Prints: {sentence(citation)}\nRanks as {rank}."
