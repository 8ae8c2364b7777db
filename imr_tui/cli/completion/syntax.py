"""The options and arguments of each command, in a table that is read without loading any.

`options.tsv` and `rules.tsv` are made from the commands and the rules: run `make completion`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FLAG = "flag"
"""The kind of an option without a value."""
SUBCOMMAND = "command"
"""The kind of a row that names a command of a command."""
MANY = "*"
"""Ends the kind of an argument that takes all further words."""
_FOLDER = Path(__file__).parent


class Candidate(NamedTuple):
    """A word that is offered."""

    word: str
    """The word."""
    says: str = ""
    """What it means, in a few words."""


class Option(NamedTuple):
    """An option of a command."""

    names: tuple[str, ...]
    """All its names: `-o`, `--output`."""
    kind: str
    """What its value is, or FLAG."""
    says: str
    """What it does."""


class Syntax(NamedTuple):
    """What can follow the name of a command."""

    options: dict[str, Option]
    """The options by each of their names."""
    arguments: list[str]
    """The kind of each argument in order; MANY ends one that takes all further words."""
    commands: list[Candidate]
    """The commands of a command, such as `phrases export`."""

    def argument(self, at: int) -> str:
        """The kind of the argument with this index; blank if the command has fewer."""
        if at < len(self.arguments):
            return self.arguments[at].rstrip(MANY)
        last = self.arguments[-1] if self.arguments else ""
        return last.rstrip(MANY) if last.endswith(MANY) else ""


HELP = Option(("-h", "--help"), FLAG, "Show what a command does.")
"""The option that every command has."""


def syntax_of(command: str) -> Syntax:
    """The syntax of a command, such as `letter` or `phrases import`."""
    syntax = Syntax(dict.fromkeys(HELP.names, HELP), [], [])
    for line in _rows("options.tsv"):
        owner, names, kind, says = line
        if owner != command:
            continue
        if kind == SUBCOMMAND:
            syntax.commands.append(Candidate(names, says))
        elif not names:
            syntax.arguments.append(kind)
        else:
            option = Option(tuple(names.split()), kind, says)
            syntax.options.update(dict.fromkeys(option.names, option))
    return syntax


def rules() -> list[Candidate]:
    """The id of each rule, and what it looks for."""
    return [Candidate(number, says) for number, says in _rows("rules.tsv")]


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line]
