"""The dialog for the reviewer's own credentials, name and PIN."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.model.limits import MAX_ROWS
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import PIN_LENGTH, digest_of
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.features.dialog_drafts import IN_FOLDER
from imr_tui.ui.features.pin_check import PinCheck
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.list_input import ListInput

if TYPE_CHECKING:
    from textual.widget import Widget

_NO_PIN = "-"
DRAFTS = f"{IN_FOLDER}profile."
"""The start of the paths of all drafts of the profile; a PIN is never a draft."""


class ProfileScreen(Form[Profile | None]):
    """Answers with the profile on Enter in the last field; on Esc with all of it but the PIN."""

    HEADING = "Your credentials"

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._check = PinCheck(self.app.folder, self.app.seconds)

    def body(self) -> Iterable[Widget]:
        known = _as_typed(self._profile).items()
        licenses, titles, name = (self.shown(each, value) for each, value in known)
        hint = "They prefill each new case and are kept in this folder."
        yield Static(Content(hint), classes="hint")
        yield Field("State(s) of licensure", ListInput(licenses, id="licenses", known=states))
        yield Field("Specialty", ListInput(titles, id="specialties", known=specialties))
        yield Field("Your name (optional)", Line(name, id="name"))
        hint = "The name is only looked for, so that no letter holds it; it is never printed."
        yield Static(Content(hint), classes="hint")
        if self._profile.pin:
            yield Field("Present PIN", _hidden("old-pin"))
        yield Field("New PIN" if self._profile.pin else "PIN (optional)", _hidden("new-pin"))
        yield Static(Content(self._about_pin()), classes="hint")
        hint = "Commas between several; the right arrow takes a suggestion; Enter goes on."
        yield Static(Content(hint), classes="hint")

    def _about_pin(self) -> str:
        when = f"after {self.app.host.idle_minutes} minutes without a key"
        if self._profile.pin:
            return (
                f"The PIN unlocks the screen {when}. To change it, type the present one first; "
                "- as the new one removes it."
            )
        return f"It unlocks the screen {when}. Without one, log in again."

    def path(self, name: str) -> str:
        return f"{DRAFTS}{name}"

    def write(self, entry: Input) -> None:
        name, known = entry.id or "", _as_typed(self._profile)
        if name in known:
            self.app.drafts.put(self.path(name), "" if entry.value == known[name] else entry.value)

    def submit(self, entry: Input) -> None:
        if entry.id == "new-pin":
            self._keep()
        else:
            self.focus_next()

    def _keep(self) -> None:
        pin = self.query_one("#new-pin", Line)
        if pin.value not in ("", _NO_PIN) and len(pin.value) < PIN_LENGTH:
            complain(pin, f"at least {PIN_LENGTH} characters")
            return
        if self._are_too_many():
            return
        if self._profile.pin and pin.value:
            self._change_pin(self.query_one("#old-pin", Line))
        else:
            self.dismiss(self._typed(self._pin()))

    @work(exclusive=True)
    async def _change_pin(self, old: Line) -> None:
        """Change or remove the PIN, if the present one was typed correctly."""
        if self._check.wait > 0:
            complain(old, f"wait {self._check.wait:.0f} s")
        elif old.value and await self._check.opens(self._profile, old.value):
            self.dismiss(self._typed(self._pin()))
        else:
            old.clear()
            complain(old, "type your present PIN")

    def action_close(self) -> None:
        if self._are_too_many():
            # The text stays a draft.
            self.dismiss(None)
            return
        # A PIN that was not confirmed with Enter may be incomplete.
        typed = self._typed(self._profile.pin)
        self.dismiss(typed if typed != self._profile else None)

    def _are_too_many(self) -> bool:
        """Whether a list has more entries than a profile can hold; shows a message if so."""
        for name, known in (("licenses", states()), ("specialties", specialties())):
            entry = self.query_one(f"#{name}", Line)
            if len(split_list(entry.value, known)) > MAX_ROWS:
                complain(entry, f"up to {MAX_ROWS:,} entries")
                says = f"A list holds up to {MAX_ROWS:,} entries. Nothing was changed."
                self.notify(says, markup=False)
                return True
        return False

    def _typed(self, pin: str) -> Profile:
        licenses = self.query_one("#licenses", Line).value
        titles = self.query_one("#specialties", Line).value
        return Profile(
            licenses=split_list(licenses, states()),
            specialties=split_list(titles, specialties()),
            name=self.query_one("#name", Line).value.strip(),
            pin=pin,
        )

    def _pin(self) -> str:
        typed = self.query_one("#new-pin", Line).value
        if typed == _NO_PIN:
            return ""
        return digest_of(typed) if len(typed) >= PIN_LENGTH else self._profile.pin


def _hidden(name: str) -> Line:
    """A field that hides its text."""
    entry = Line(id=name)
    entry.password = True
    return entry


def _as_typed(profile: Profile) -> dict[str, str]:
    """The fields of a profile as text, in the order of the form."""
    return {
        "licenses": ", ".join(profile.licenses),
        "specialties": ", ".join(profile.specialties),
        "name": profile.name,
    }
