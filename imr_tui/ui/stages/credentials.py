"""Stage 1: the reviewer's licenses, specialties and attestations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, OptionList

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.model import reviewer_edits
from imr_tui.model.case import Reviewer
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.ui.bindings import bind
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.attestations import KEYS, Attestations
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.list_input import ListInput

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Case
    from imr_tui.store.config import Profile


class CredentialsScreen(StageScreen):
    """Blank fields are prefilled from the profile; attestations never are."""

    BINDINGS = [  # noqa: RUF012
        bind(
            f"credentials.attest-{number}",
            f"attest('{number}')",
            "Attest",
            f"Attest, or withdraw: {ATTESTATIONS[key]}",
            show=number == "1",
            key_display="1-6",
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
                noun="state",
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
                noun="specialty",
                disabled=disabled,
            ),
        )
        yield Attestations(case, self.app.keys, id="reviewer-attested")

    def first(self) -> str:
        return "reviewer-attested"

    def outside(self) -> str:
        return "reviewer-attested"

    def on_mount(self) -> None:
        self._is_corrected = False
        self.watch(self.app, "settled_case", self._show, init=False)

    def _show(self) -> None:
        if self.app.case is not None:
            self.query_one(Attestations).show(self.app.case)

    @property
    def _reviewer(self) -> Reviewer:
        return self.app.case.reviewer if self.app.case is not None else Reviewer()

    @on(Input.Changed, "#reviewer-licenses")
    def license(self, event: Input.Changed) -> None:
        self._set(reviewer_edits.set_licenses, event, self._reviewer.licenses, states)

    @on(Input.Changed, "#reviewer-specialties")
    def specialize(self, event: Input.Changed) -> None:
        self._set(reviewer_edits.set_specialties, event, self._reviewer.specialties, specialties)

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
        self._is_corrected = True
        listed, step = split_list(event.value, known()), event.input.id or ""
        if self.app.parts.editing.refuses(lambda case: change(case, listed)):
            complain(event.input, "Too much for the case.")
            self.app.drafts.put(step, event.value)
        else:
            complain(event.input, "")
            self.edit(lambda case: change(case, listed), step=step)

    @on(Input.Submitted)
    def next_field(self) -> None:
        self.focus_next()

    # ── The profile ──────────────────────────────────────────────────────────────────────

    @on(Input.Blurred)
    def offer_profile(self) -> None:
        """Offer to correct the profile, too, once both fields are left and the edits applied."""
        if self._is_corrected:
            self.call_later(self.app.call_later, self._offer_profile)

    def _offer_profile(self) -> None:
        profile, ours = self.app.profile, self._reviewer
        if not self._is_corrected or not self.is_current or self.app.read_only or profile is None:
            return
        if isinstance(self.focused, ListInput):
            # The dialog would take the keys that are meant for the field.
            return
        if any(each.question() for each in self.query(ListInput)):
            return
        self._is_corrected = False
        if not (ours.licenses and ours.specialties):
            return
        changed = profile.but(licenses=ours.licenses, specialties=ours.specialties)
        if changed == profile:
            return

        def keep(is_wanted: bool | None) -> None:
            if is_wanted:
                self.app.parts.profiles.keep(changed)

        # Needed seldom, so it is not loaded with the stage.
        from imr_tui.ui.dialogs.profile_offer import ProfileOffer

        self.app.push_screen(ProfileOffer(_credentials(changed), _credentials(profile)), keep)

    @on(OptionList.OptionSelected)
    def attest_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.action_attest(event.option_id)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        return self.app.read_only if action == "attest" else super().why_not(action, parameters)

    def action_attest(self, number: str) -> None:
        self.edit(partial(reviewer_edits.toggle_attestation, key=KEYS[number], now=self.app.now))


def _credentials(profile: Profile) -> str:
    """The states and specialties of a profile as a text."""
    return "; ".join(", ".join(each) for each in (profile.licenses, profile.specialties) if each)
