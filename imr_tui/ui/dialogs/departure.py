"""The dialog that asks, once per item, why a source below the MTUS is cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.standards import sentence
from imr_tui.model import edits
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Input

    from imr_tui.model.limits import Departure

_REASONS: dict[Departure, str] = {
    "silent": "The MTUS is silent on this treatment",
    "rebutted": "The MTUS speaks to it, and its presumption is rebutted",
}


@dataclass(frozen=True)
class _Place:
    """Where the sentence goes."""

    name: str
    """The text of the choice."""
    first: bool
    """Whether it is the beginning of the rationale, else the end."""


_PLACES = (
    _Place("Put it at the end of the rationale", first=False),
    _Place("Put it at the beginning of the rationale", first=True),
)


class DepartureScreen(Form[None]):
    """The reason, the sentence that states it, and where to put it; Esc leaves it for later."""

    HEADING = "Why not the MTUS? (8 CCR 9792.21.1)"

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self._reason: Departure = "silent"

    def body(self) -> Iterable[Widget]:
        asks = "A source below the MTUS is cited: the letter says why the MTUS does not decide."
        goes_on = "Enter goes on to the sentence, to its place, and puts it there."
        yield Static(Content(f"{asks} {goes_on}"), classes="hint")
        yield OptionList(*(Option(Content(each)) for each in _REASONS.values()), id="reason")
        words = self.shown("sentence", self._sentence())
        yield Field("Sentence", Line(words, id="sentence"))
        yield Static(Content(words), id="puts", classes="hint")
        yield OptionList(*(Option(Content(place.name)) for place in _PLACES), id="place")

    def on_mount(self) -> None:
        for listed in self.query(OptionList):
            listed.highlighted = 0

    def path(self, name: str) -> str:
        return f"items[{self._index}].departure.{name}"

    def _sentence(self) -> str:
        return sentence(self.app.open_case.items[self._index], self._reason)

    @on(OptionList.OptionHighlighted, "#reason")
    def reason(self, event: OptionList.OptionHighlighted) -> None:
        """Write the sentence for the reason, unless the reviewer has changed the sentence."""
        entry = self.query_one("#sentence", Line)
        is_draft = entry.value == self._sentence()
        self._reason = list(_REASONS)[event.option_index]
        if is_draft:
            entry.value = self._sentence()

    def write(self, entry: Input) -> None:
        self.query_one("#puts", Static).update(Content(clean_line(entry.value)))
        typed = "" if entry.value == self._sentence() else entry.value
        self.app.drafts.put(self.path("sentence"), typed)

    @on(OptionList.OptionSelected, "#reason")
    def amend(self) -> None:
        self.query_one("#sentence").focus()

    def submit(self, entry: Input) -> None:
        self.query_one("#place").focus()

    @on(OptionList.OptionSelected, "#place")
    def insert(self, event: OptionList.OptionSelected) -> None:
        self.edit(
            partial(
                edits.depart_in_words,
                index=self._index,
                departure=self._reason,
                sentence=self.query_one("#sentence", Line).value,
                first=_PLACES[event.option_index].first,
            ),
            gives=self.path("sentence"),
        )
        self.dismiss(None)

    def action_close(self) -> None:
        if self.app.open_case.items[self._index].departure is None:
            self.edit(partial(edits.depart, index=self._index, departure="unexplained"))
        self.dismiss(None)
