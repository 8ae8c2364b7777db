"""Asks for the fields of a form line by line, each with the complaints of the app's dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imr_tui.plain.fields import CLEAR, HOW, STOP, chosen

if TYPE_CHECKING:
    from imr_tui.model.edits import Change
    from imr_tui.plain.session import PlainSession


def _as_typed(text: str) -> str:
    return text


@dataclass(frozen=True)
class FormField:
    """A field that is asked for."""

    path: str
    """Its path in the case; what was typed and not accepted is kept under it."""
    label: str
    """Its name."""
    value: Callable[[], str]
    """Returns its text as it is now."""
    change: Callable[[str], Change]
    """The edit that sets it to a text; raises ValueError with the error text."""
    full: Callable[[str], str] = _as_typed
    """The full form of a text, such as a date; raises ValueError if it cannot be read."""
    options: Mapping[str, str] = field(default_factory=dict)
    """The values that it can have, with their words; empty if it is typed."""
    hint: str = ""
    """A sentence before it, or blank."""


def fill_in(session: PlainSession, fields: Iterable[FormField]) -> bool:
    """Ask for one field after another; each answer is an edit of its own, which is said.

    False if the reviewer ended the form before its last field.
    """
    session.console.say(HOW)
    return all(ask_field(session, each) for each in fields)


def ask_field(session: PlainSession, asked: FormField) -> bool:
    """Ask for a field until its text is accepted; False if the form is to end."""
    console = session.console
    if asked.hint:
        console.say(asked.hint)
    if asked.options:
        return _ask_choice(session, asked)
    if draft := session.drafts.text(asked.path):
        console.say(f'"{draft}" was typed for {asked.label} before. The case does not hold it.')
    while True:
        now = asked.value()
        typed = console.ask(f"{asked.label}, now {now}" if now else f"{asked.label}, blank now")
        if typed in ("", STOP):
            return typed != STOP
        if set_field(session, asked, "" if typed == CLEAR else typed):
            return True


def set_field(session: PlainSession, asked: FormField, text: str) -> bool:
    """Set a field to a text, and say so; False if it was refused, which is said.

    A text that is refused is kept, and repeated the next time that the field is asked for.
    """
    try:
        change = asked.change(asked.full(text))
    except ValueError as error:
        session.drafts.put(asked.path, text)
        session.console.error(str(error))
        return False
    attested = session.case.reviewer.attested
    if not session.edit(change):
        session.drafts.put(asked.path, text)
        return False
    if (draft := session.drafts.find(asked.path)) is not None:
        session.drafts.give(draft)
    now = asked.options.get(asked.value(), asked.value())
    session.console.say(f"{asked.label} is now {now}." if now else f"{asked.label} is blank now.")
    if len(session.case.reviewer.attested) < len(attested):
        session.console.say("A party changed, so the attestation about affiliations is withdrawn.")
    return True


def _ask_choice(session: PlainSession, asked: FormField) -> bool:
    """Ask for one of the options; a blank line keeps the value. False if the form is to end."""
    now = asked.options.get(asked.value(), "")
    typed = chosen(session.console, f"{asked.label}, now {now}", asked.options)
    if typed in (None, STOP):
        return typed is None
    return set_field(session, asked, "" if typed == CLEAR else typed)
