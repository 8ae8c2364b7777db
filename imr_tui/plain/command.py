"""What a prompt of plain mode offers: pages, and the commands that each page takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol


class Command(NamedTuple):
    """A word that a prompt accepts."""

    word: str
    """What is typed, such as `u` or `find`; lower case."""
    says: str
    """What it does, in a few words."""
    run: Callable[[str], Page | None]
    """Called with the rest of the line, without blanks around it; returns the next page.

    None stays on the page.
    """
    does: tuple[str, ...] = ()
    """The ids of the bindings of the app that do the same, such as `walk.next`."""
    is_shown: bool = True
    """Whether the prompt names it; `?` names every command."""


class Page(Protocol):
    """One thing that has a prompt, such as the worklist, or a stage of a case."""

    title: str
    """Its name, such as `Decision of item 1`, said when the page is entered."""

    def lines(self) -> Iterable[str]:
        """What is said when the page is entered, and again after a blank line; one thing each."""

    def prompt(self) -> str:
        """What is asked, without the choices, such as `Decision of item 1, Physical therapy`."""

    def commands(self) -> Sequence[Command]:
        """The commands that the page takes now, besides those that every page of a case has."""


def choices(page: Page, shared: Sequence[Command] = ()) -> str:
    """The whole question of a page: `Decision of item 1: u upheld, o overturned, ? help`."""
    commands: dict[str, Command] = {}
    for each in (*page.commands(), *shared):
        # A page may have its own command instead of one that every page has.
        commands.setdefault(each.word, each)
    shown = [f"{each.word} {each.says}" for each in commands.values() if each.is_shown]
    return f"{page.prompt()}: {', '.join([*shown, '? help'])}"


def find(commands: Sequence[Command], line: str) -> tuple[Command, str] | None:
    """The command that a line names, and the rest of the line; None for an unknown word.

    Digits may follow a word directly: `s4` is `s 4`, `d3-5` is `d 3-5`.
    """
    word, _, rest = line.strip().partition(" ")
    for command in commands:
        if command.word == word.lower():
            return command, rest.strip()
    letters = word.rstrip("0123456789-")
    for command in commands:
        if letters != word and command.word == letters.lower():
            return command, f"{word[len(letters) :]} {rest}".strip()
    return None
