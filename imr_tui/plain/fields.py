"""Asks for fields whose text is not an edit of the case yet, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imr_tui.plain.console import Console

CLEAR = "-"
"""The answer that clears a field."""
STOP = "."
"""The answer that leaves the form."""
HOW = "A blank line keeps a value, - clears it, and a full stop ends the form."
_NO_OPTIONS: Mapping[str, str] = {}


class Field(NamedTuple):
    """A field that is asked for."""

    label: str
    """What it is called."""
    value: str
    """Its text now."""
    take: Callable[[str], object]
    """Uses another text; raises ValueError with its error text, and the field is asked again."""
    options: Mapping[str, str] = _NO_OPTIONS
    """The values that it can have, with their words; empty if it is typed."""
    hint: str = ""
    """What else can be typed, in a few words."""


def ask_fields(console: Console, fields: Iterable[Callable[[], Field]]) -> None:
    """Ask for each field, as it is once the fields before it were answered."""
    console.say(HOW)
    for field in fields:
        if not ask_field(console, field()):
            return


def ask_field(console: Console, field: Field) -> bool:
    """Ask for a field until its text is taken; False if the form is to end."""
    while (typed := _answer(console, field)) is not None:
        if typed == STOP:
            return False
        try:
            field.take("" if typed == CLEAR else typed)
        except ValueError as error:
            console.error(str(error))
        else:
            return True
    return True


def _answer(console: Console, field: Field) -> str | None:
    """What is typed or chosen; None to keep the value."""
    now = field.options.get(field.value, field.value)
    question = f"{field.label}, now {now}" if now else f"{field.label}, blank now"
    if not field.options:
        return console.ask(f"{question}, {field.hint}" if field.hint else question) or None
    return chosen(console, question, field.options)


def chosen(console: Console, question: str, options: Mapping[str, str]) -> str | None:
    """Ask for one of several values by its number; the value, CLEAR or STOP, None for a blank line.

    `options` has the words of each value.
    """
    console.say(*numbered(list(options.values())))
    while typed := console.ask(f"{question}, 1 to {len(options)}"):
        if typed == STOP:
            return STOP
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= len(options):
            return list(options)[int(typed) - 1] or CLEAR
        console.error(f"There is no number {typed}. Type one from 1 to {len(options)}.")
    return None


def numbered(rows: Sequence[str]) -> list[str]:
    """Rows with their numbers: `1. First`."""
    return [f"{number}. {row}" for number, row in enumerate(rows, 1)]
