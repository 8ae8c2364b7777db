"""The dialog that asks, once per item, why a source outside the MTUS is cited."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from imr_tui.domain.standards import sentence
from imr_tui.model import evidence_edits
from imr_tui.session.citing.departures import ASKS, ORDER, PLACES, REASONS
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.limits import Departure


class DepartureScreen(Form[None]):
    """The reason, the sentence that states it, and where to put it; Esc postpones it."""

    HEADING = "Why not the MTUS? (8 CCR 9792.21.1)"
    BINDINGS = [  # noqa: RUF012
        bind(
            "dialog.close",
            "close",
            "Later",
            "Decide later: the citations ask again; the sentence is kept",
        ),
    ]

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self._reason: Departure = "silent"

    def body(self) -> Iterable[Widget]:
        steps = "Choose the reason, edit the sentence, then choose where it goes."
        yield Static(Content(f"{ASKS} {steps}\n{ORDER}"), classes="hint")
        yield self.choice("Reason", "reason", self._reason, cast("dict[str, str]", REASONS))
        words = self.shown("sentence", self._sentence())
        yield Field("Sentence", Line(words, id="sentence"))
        yield Static(Content(words), id="puts", classes="hint")
        yield self.choice("Place", "place", "end", PLACES)

    def path(self, name: str) -> str:
        return f"items[{self._index}].departure.{name}"

    def _sentence(self) -> str:
        return sentence(self.app.open_case.items[self._index], self._reason)

    def write(self, entry: Entry) -> None:
        if entry.id == "reason":
            self._give(cast("Departure", entry.value))
        elif entry.id == "sentence":
            self.query_one("#puts", Static).update(Content(clean_line(entry.value)))
            typed = "" if entry.value == self._sentence() else entry.value
            self.app.drafts.put(self.path("sentence"), typed)

    def _give(self, reason: Departure) -> None:
        """Write the sentence for a reason, unless the reviewer has changed the sentence."""
        entry = self.query_one("#sentence", Line)
        is_draft = entry.value == self._sentence()
        self._reason = reason
        if is_draft:
            entry.value = self._sentence()

    def finish(self) -> None:
        self.edit(
            partial(
                evidence_edits.depart_in_words,
                index=self._index,
                departure=self._reason,
                sentence=self.query_one("#sentence", Line).value,
                first=self.query_one("#place", Choice).value == "beginning",
            ),
            gives=self.path("sentence"),
        )
        self.dismiss(None)

    def action_close(self) -> None:
        if self.app.open_case.items[self._index].departure is None:
            self.edit(partial(evidence_edits.depart, index=self._index, departure="unexplained"))
        self.dismiss(None)
        key = self.app.keys.name("citations.depart")
        self.app.hint(f"The rationale does not say why the MTUS does not decide. {key} asks again.")
