"""Finds the words that can follow those of a command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.cli.completion.syntax import FLAG, Candidate, Syntax, rules, syntax_of
from imr_tui.cli.dispatch import COMMANDS
from imr_tui.errors import CannotStore
from imr_tui.model.limits import is_case_number
from imr_tui.services.named_case import folder_at_hand
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MANUAL = Path(__file__).parents[2] / "manual"
_CHOICE = "choice:"
"""Begins the kind of a value that is one of several words, which follow."""
_APP = "open"
"""The command that is meant if none is named."""


class Candidates(NamedTuple):
    """What a shell offers."""

    otherwise: str
    """What it completes if no word fits: `file`, `folder` or `none`."""
    words: list[Candidate]
    """The words that fit."""


class _Typed(NamedTuple):
    """What the words before the last one mean."""

    folder: Path
    """The folder of cases."""
    value: str = ""
    """The kind of the value that an option waits for; blank if none does."""
    arguments: int = 0
    """How many arguments there are."""


def complete(words: Sequence[str], *, keeps_option: bool) -> Candidates:
    """The words that can replace the last of `words`, which follow the name of the program.

    With `keeps_option`, candidates for the value in `--option=value` begin with the option.
    """
    *before, word = words or ("",)
    command, rest = _command(before)
    syntax = syntax_of(command)
    typed = _typed(syntax, rest)
    if typed.value:
        return _values(typed.value, word, typed.folder)
    option, sign, value = word.partition("=")
    if sign and option in syntax.options:
        found = _values(syntax.options[option].kind, value, typed.folder)
        kept = f"{option}=" if keeps_option else ""
        return found._replace(words=[each._replace(word=kept + each.word) for each in found.words])
    if word.startswith("-"):
        return Candidates("none", _fitting(word, _options(syntax)))
    found = _values(syntax.argument(typed.arguments), word, typed.folder)
    begins = [] if typed.arguments else syntax.commands if before else _commands()
    return found._replace(words=[*_fitting(word, begins), *found.words])


def _command(before: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command of a line, and the words that follow it."""
    if not before or before[0] not in COMMANDS:
        return _APP, before
    name, *rest = before
    parts = [each.word for each in syntax_of(name).commands]
    if rest and rest[0] in parts:
        return f"{name} {rest[0]}", rest[1:]
    return name, rest


def _commands() -> list[Candidate]:
    return [Candidate(name, entry.says) for name, entry in COMMANDS.items() if entry.group]


def _options(syntax: Syntax) -> list[Candidate]:
    return [Candidate(name, option.says) for name, option in syntax.options.items()]


def _typed(syntax: Syntax, rest: Sequence[str]) -> _Typed:
    folder, waiting, arguments = folder_at_hand(), "", 0
    for word in rest:
        name, sign, value = (waiting, "=", word) if waiting else word.partition("=")
        waiting = ""
        if (option := syntax.options.get(name)) is None:
            arguments += not word.startswith("-") or word == "-"
        elif option.kind != FLAG and not sign:
            waiting = name
        elif "--folder" in option.names:
            folder = Path(value).expanduser()
    kind = syntax.options[waiting].kind if waiting else ""
    return _Typed(folder, kind, arguments)


def _values(kind: str, word: str, folder: Path) -> Candidates:
    """The values of a kind that begin with `word`."""
    if kind.startswith(_CHOICE):
        choices = kind.removeprefix(_CHOICE).split()
        return Candidates("none", _fitting(word, map(Candidate, choices)))
    if kind == "case":
        return Candidates("file", _fitting(word, _cases(folder)))
    if kind == "rule":
        return Candidates("none", _rules(word))
    if kind == "topic":
        topics = sorted(path.stem for path in _MANUAL.glob("*.md"))
        return Candidates("none", _fitting(word, map(Candidate, topics)))
    return Candidates(kind if kind in ("file", "folder") else "none", [])


def _cases(folder: Path) -> list[Candidate]:
    try:
        numbers = [name.removesuffix(SUFFIX) for name in case_names(folder)]
    except CannotStore:
        return []
    return [Candidate(number) for number in numbers if is_case_number(number)]


def _rules(word: str) -> list[Candidate]:
    """The rules that fit the last of several ids, which commas separate."""
    before, comma, last = word.rpartition(",")
    fitting = _fitting(last.upper(), rules())
    return [each._replace(word=f"{before}{comma}{each.word}") for each in fitting]


def _fitting(word: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.word.startswith(word)]
