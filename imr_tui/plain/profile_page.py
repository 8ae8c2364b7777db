"""The page of the reviewer's credentials, name and PIN, and of the settings that apply here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from pydantic import ValidationError

from imr_tui.catalogue.credentials import (
    accepted,
    question,
    specialties,
    spelled_out,
    split_list,
    states,
)
from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.plain.fields import Field, ask_fields
from imr_tui.services.settings_list import read_settings
from imr_tui.services.settings_text import settings_text
from imr_tui.session.idle import seconds
from imr_tui.session.pin_check import PinCheck
from imr_tui.session.profile_fields import NO_PIN, as_typed, kept_pin, pin_fault, too_many
from imr_tui.store import config
from imr_tui.store.config.profile import save_profile

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.config import Profile

_LISTS = {
    "licenses": ("State(s) of licensure", states, "state"),
    "specialties": ("Specialty", specialties, "specialty"),
}
_ABOUT = "Copied into each new case; stored in this folder. Put commas between entries."
_ABOUT_NAME = "The name is used only to block letters that contain it."


class ProfilePage:
    """Each change is saved at once; a PIN is typed hidden, and twice."""

    title = "Your profile and settings"

    def __init__(self, session: PlainSession, back: Callable[[], Page]) -> None:
        """`back` makes the page that follows."""
        self._session = session
        self._back = back

    @property
    def _profile(self) -> Profile:
        return self._session.profile or config.Profile()

    def lines(self) -> Iterator[str]:
        """The profile, and where the settings are."""
        typed = as_typed(self._profile)
        for name, (label, _, _) in _LISTS.items():
            yield f"{label}: {typed[name] or 'blank'}"
        yield f"Your name: {typed['name'] or 'blank'}"
        yield f"PIN: {'set' if self._profile.pin else 'none'}"
        yield about_pin(self._session)
        yield "settings says the settings of the machine and of this folder."

    def prompt(self) -> str:
        """What the commands change."""
        return "Your profile"

    def commands(self) -> Sequence[Command]:
        """What can be changed."""
        return (
            Command("f", "fill in", self._fill, ("profile.fields",)),
            Command("pin", "PIN", self._change_pin),
            Command("settings", "settings", self._settings, ("profile.settings",)),
            Command("b", "back", lambda rest: self._back()),
        )

    def _fill(self, rest: str) -> None:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        else:
            fill_profile(self._session)

    def _settings(self, rest: str) -> None:
        """Say each setting with its value, its origin and its meaning."""
        session = self._session
        try:
            found = read_settings(session.folder, restricted=session.restricted)
        except ImrError as error:
            session.console.error(str(error))
        else:
            session.console.say(*settings_text(found))

    def _change_pin(self, rest: str) -> None:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        elif not self._profile.pin or _knows_pin(self._session, self._profile):
            ask_new_pin(self._session)


def ask_profile(session: PlainSession) -> None:
    """Ask for the profile of an account that has none."""
    session.console.say("Your profile")
    fill_profile(session)
    if session.profile is not None and not session.profile.pin:
        ask_new_pin(session)


def fill_profile(session: PlainSession) -> None:
    """Ask for the credentials and the name; each is saved with its line."""
    session.console.say(_ABOUT, _ABOUT_NAME)
    questioned: dict[str, str] = {}
    fields = [partial(_list_field, session, name, questioned) for name in _LISTS]
    ask_fields(session.console, [*fields, partial(_name_field, session)])


def _list_field(session: PlainSession, name: str, questioned: dict[str, str]) -> Field:
    label, known, noun = _LISTS[name]
    value = as_typed(session.profile or config.Profile())[name]

    def take(typed: str) -> None:
        whole = spelled_out(accepted(typed, known()), known())
        if says := too_many(whole, known()):
            raise ValueError(says)
        asked = question(whole, known(), noun)
        if asked and questioned.get(name) != whole:
            questioned[name] = whole
            raise ValueError(f"{asked} Type it again to keep it.")
        _keep(session, **{name: split_list(whole, known())})

    return Field(label, value, take)


def _name_field(session: PlainSession) -> Field:
    value = (session.profile or config.Profile()).name
    return Field("Your name, optional", value, lambda typed: _keep(session, name=typed))


def about_pin(session: PlainSession) -> str:
    """When the session locks, and what unlocks it."""
    when = f"The session locks after {session.host.idle_minutes} minutes without a line."
    return f"{when} The PIN unlocks it; without a PIN, log in again."


def ask_new_pin(session: PlainSession) -> None:
    """Ask for a PIN twice, hidden, and save it; a blank line changes nothing."""
    console, profile = session.console, session.profile or config.Profile()
    removes = f", {NO_PIN} for none" if profile.pin else ""
    console.say(about_pin(session))
    pin = console.ask_hidden(f"New PIN, not shown{removes}, or blank to leave it as it is")
    if not pin:
        return
    again = "" if pin == NO_PIN else console.ask_hidden("PIN again")
    if says := pin_fault(pin, again):
        console.error(says)
        return
    _keep(session, pin=kept_pin(pin, profile.pin))


def _knows_pin(session: PlainSession, profile: Profile) -> bool:
    """Whether the reviewer types the current PIN; says what is wrong."""
    check = PinCheck(session.folder, seconds)
    if check.wait > 0:
        session.console.error(f"Wait {ceil(check.wait)} s, then type it again.")
        return False
    pin = session.console.ask_hidden("Current PIN, not shown")
    if not pin or check.opens(profile, pin):
        return bool(pin)
    session.console.error(f"Wrong PIN. Type it again in {check.pause} s.")
    return False


def _keep(session: PlainSession, **changed: object) -> None:
    """Use and save a profile with other values; says so, or an error.

    Raises ValueError with the error text for a value that is too long.
    """
    profile = session.profile or config.Profile()
    try:
        session.profile = config.Profile.model_validate(profile.model_dump() | changed)
    except ValidationError:
        raise ValueError("Too long.") from None
    try:
        save_profile(session.folder, session.profile)
    except ImrError as error:
        session.console.error(str(error))
    else:
        session.console.say("Saved in your profile.")
