"""The page with the reviewer's own credentials, name and PIN, and with the settings in force."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.session.open_drafts import IN_FOLDER
from imr_tui.session.pin_check import PinCheck
from imr_tui.session.profile_fields import as_typed, kept_pin, pin_fault, too_many
from imr_tui.store.config import Profile
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.dialogs.form_keys import PROFILE
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.list_input import ListInput
from imr_tui.ui.widgets.save_row import SaveRow
from imr_tui.ui.widgets.settings_view import Page, SettingsView

if TYPE_CHECKING:
    from textual.widget import Widget

DRAFTS = f"{IN_FOLDER}profile."
"""The start of the paths of all drafts of the profile; a PIN is never a draft."""


class ProfileScreen(Form[Profile | None]):
    """Answers with the profile once it is saved, and with None on Esc; only a PIN is no draft."""

    HEADING = "Your profile"
    BINDINGS = PROFILE

    def __init__(self, profile: Profile, *, shows_settings: bool = False) -> None:
        super().__init__()
        self._profile = profile
        self._shows_settings = shows_settings
        if shows_settings:
            self.HEADING = "Your profile and settings"
            self.add_class("-with-settings")
        self._check = PinCheck(self.app.folder, self.app.seconds)
        self._questioned: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        if not self._shows_settings:
            yield from self._fields()
            return
        with Page():
            yield from self._fields()
            yield SettingsView()

    def _fields(self) -> Iterable[Widget]:
        known = as_typed(self._profile).items()
        licenses, titles, name = (self.shown(each, value) for each, value in known)
        hint = "Copied into each new case; stored in this folder. Put commas between entries."
        yield Static(Content(hint), classes="hint")
        entry = ListInput(licenses, id="licenses", known=states, noun="state")
        yield Field("State(s) of licensure", entry)
        entry = ListInput(titles, id="specialties", known=specialties, noun="specialty")
        yield Field("Specialty", entry)
        yield Field("Your name (optional)", Line(name, id="name"))
        hint = "Used only to block letters that contain your name."
        yield Static(Content(hint), classes="hint")
        if self._profile.pin:
            yield Field("Current PIN", _hidden("old-pin"))
        yield Field("New PIN" if self._profile.pin else "PIN (optional)", _hidden("new-pin"))
        yield Field("PIN again", _hidden("pin-again"))
        yield Static(Content(self._about_pin()), classes="hint")
        yield SaveRow()

    def _about_pin(self) -> str:
        minutes = self.app.host.idle_minutes
        when = f"The screen locks after {minutes} minutes without a key."
        if self._profile.pin:
            return f"{when} To change the PIN, type the current one first; - removes it."
        return f"{when} The PIN unlocks it; without a PIN, log in again."

    def path(self, name: str) -> str:
        return f"{DRAFTS}{name}"

    def write(self, entry: Entry) -> None:
        name, known = entry.id or "", as_typed(self._profile)
        self.refuse(entry, "")
        if entry.has_focus:
            # The page may have been scrolled to the settings.
            entry.scroll_visible(animate=False)
        if name in known:
            self.app.drafts.put(self.path(name), "" if entry.value == known[name] else entry.value)

    def submit(self, entry: Entry) -> None:
        if not self._asks(entry):
            super().submit(entry)

    def _asks(self, entry: Entry) -> bool:
        """Question an entry that is not known, once; whether it was questioned now."""
        question = entry.question() if isinstance(entry, ListInput) else ""
        name = entry.id or ""
        if not question or self._questioned.get(name) == entry.value:
            return False
        self._questioned[name] = entry.value
        complain(entry, f"{question} Enter keeps it as typed.")
        entry.focus()
        return True

    def finish(self) -> None:
        if self._are_too_many() or any(self._asks(each) for each in self.query(ListInput)):
            return
        pin, again = self.query_one("#new-pin", Line), self.query_one("#pin-again", Line)
        if fault := pin_fault(pin.value, again.value):
            pin.focus()
            complain(pin, fault)
        elif self._profile.pin and pin.value:
            self._change_pin(self.query_one("#old-pin", Line))
        else:
            self._save()

    @work(exclusive=True)
    async def _change_pin(self, old: Line) -> None:
        """Change or remove the PIN, if the current one was typed correctly."""
        if not old.value:
            self._refuse_pin(old, "Type your current PIN.")
        elif self._check.wait > 0:
            self._refuse_pin(old, f"Wait {ceil(self._check.wait)} s, then type it again.")
        elif await asyncio.to_thread(self._check.opens, self._profile, old.value):
            self._save()
        else:
            with old.prevent(Input.Changed):
                # A change would remove the sentence.
                old.clear()
            self._refuse_pin(old, f"Wrong PIN. Type it again in {self._check.pause} s.")

    def _refuse_pin(self, old: Line, why: str) -> None:
        old.focus()
        complain(old, why)

    def _save(self) -> None:
        self.dismiss(self._typed(self._pin()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "scroll_page":
            return self._shows_settings
        return super().check_action(action, parameters)

    def action_scroll_page(self, direction: int) -> None:
        page = self.query_one(Page)
        # At once, so that each of several keys in a row counts.
        page.scroll_relative(y=direction * page.size.height, animate=False, immediate=True)

    def action_close(self) -> None:
        is_typed = any(self.app.drafts.paths(DRAFTS))
        self.dismiss(None)
        if is_typed:
            key = self.app.keys.name("worklist.profile")
            self.app.hint(f"Profile not changed. What you typed is kept; {key} shows it again.")

    def _are_too_many(self) -> bool:
        """Whether a list has more entries than a profile can hold; shows a message if so."""
        for name, known in (("licenses", states()), ("specialties", specialties())):
            entry = self.query_one(f"#{name}", Line)
            if says := too_many(entry.value, known):
                complain(entry, says)
                entry.focus()
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
        return kept_pin(self.query_one("#new-pin", Line).value, self._profile.pin)


def _hidden(name: str) -> Line:
    """A field that hides its text."""
    entry = Line(id=name)
    entry.password = True
    return entry
