"""Stage 1: the reviewer's licenses, specialties and attestations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widgets import Input, OptionList

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.model import edits
from imr_tui.model.case import Reviewer
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.attestations import KEYS, Attestations
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.list_input import ListInput

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Case


class CredentialsScreen(StageScreen):
    """Blank fields are prefilled from the profile; attestations never are."""

    BINDINGS = [  # noqa: RUF012
        Binding(
            number,
            f"attest('{number}')",
            "Attest",
            id=f"credentials.attest-{number}",
            key_display="1-6",
            show=number == "1",
            tooltip=f"Give or withdraw: {ATTESTATIONS[key]}",
        )
        for number, key in KEYS.items()
    ]

    def form(self) -> Iterable[Widget]:
        case, disabled = self.app.open_case, bool(self.app.read_only)
        reviewer = case.reviewer
        yield Field(
            "State(s) of licensure",
            ListInput(
                self.app.drafts.text("reviewer-licenses", ", ".join(reviewer.licenses)),
                id="reviewer-licenses",
                placeholder="Texas, Florida",
                known=states,
                disabled=disabled,
            ),
        )
        yield Field(
            "Specialty",
            ListInput(
                self.app.drafts.text("reviewer-specialties", ", ".join(reviewer.specialties)),
                id="reviewer-specialties",
                placeholder="Anesthesiology, Pain Medicine",
                known=specialties,
                disabled=disabled,
            ),
        )
        yield Attestations(case, id="reviewer-attested")

    def first(self) -> str:
        return "reviewer-attested"

    def outside(self) -> str:
        return "reviewer-attested"

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show, init=False)

    def _show(self) -> None:
        if self.app.case is not None:
            self.query_one(Attestations).show(self.app.case)

    @property
    def _reviewer(self) -> Reviewer:
        return self.app.case.reviewer if self.app.case is not None else Reviewer()

    @on(Input.Changed, "#reviewer-licenses")
    def license(self, event: Input.Changed) -> None:
        self._set(edits.set_licenses, event, self._reviewer.licenses, states)

    @on(Input.Changed, "#reviewer-specialties")
    def specialize(self, event: Input.Changed) -> None:
        self._set(edits.set_specialties, event, self._reviewer.specialties, specialties)

    def _set(
        self,
        change: Callable[[Case, Sequence[str]], Case],
        event: Input.Changed,
        before: Sequence[str],
        known: Callable[[], Sequence[str]],
    ) -> None:
        event.stop()
        if not event.input.has_focus and event.value == ", ".join(before):
            # Not typed; the lists of known names are read with the first key only.
            return
        listed, step = split_list(event.value, known()), event.input.id or ""
        if self.app.editing.refuses(lambda case: change(case, listed)):
            complain(event.input, "too much for the case")
            self.app.drafts.put(step, event.value)
        else:
            complain(event.input, "")
            self.edit(lambda case: change(case, listed), step=step)

    @on(Input.Submitted)
    def next_field(self) -> None:
        self.focus_next()

    @on(OptionList.OptionSelected)
    def attest_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.action_attest(event.option_id)

    def action_attest(self, number: str) -> None:
        self.edit(partial(edits.toggle_attestation, key=KEYS[number], now=self.app.now))
