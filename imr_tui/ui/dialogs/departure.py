"""The dialog that asks, once per item, why a source outside the MTUS is cited."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.domain.standards import SEQUENCE, sentence
from imr_tui.model import evidence_edits
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.limits import Departure

_REASONS: dict[Departure, str] = {
    "silent": "The MTUS does not address this condition or injury",
    "rebutted": "The MTUS addresses it, but its presumption is rebutted",
}


_PLACES = {
    "end": "Add it to the end of the rationale",
    "beginning": "Add it to the beginning of the rationale",
}


class DepartureScreen(Form[None]):
    """The reason, the sentence that states it, and where to put it; Esc postpones it."""

    HEADING = "Why not the MTUS? (8 CCR 9792.21.1)"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "escape",
            "close",
            "Later",
            id="dialog.close",
            tooltip="Decide later: m on the citations asks again; the sentence is kept",
        ),
    ]

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self._reason: Departure = "silent"

    def body(self) -> Iterable[Widget]:
        asks = "You cite a source outside the MTUS. The letter must state why."
        steps = "Choose the reason, edit the sentence, then choose where it goes."
        order = f"Order of search: {'; '.join(SEQUENCE)}."
        yield Static(Content(f"{asks} {steps}\n{order}"), classes="hint")
        yield self.choice("Reason", "reason", self._reason, cast("dict[str, str]", _REASONS))
        words = self.shown("sentence", self._sentence())
        yield Field("Sentence", Line(words, id="sentence"))
        yield Static(Content(words), id="puts", classes="hint")
        yield self.choice("Place", "place", "end", _PLACES)

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
        self.app.hint("The rationale does not say why the MTUS does not decide. m asks again.")
