"""`imr-tui phrases`: lists the phrases for texts, imports and exports the reviewer's own."""

import textwrap
from pathlib import Path
from typing import Any

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import NamedPath, folder_option
from imr_tui.errors import EXIT_FINDINGS, BadInput
from imr_tui.phrases.phrase import Phrase, Phrases
from imr_tui.phrases.snippets import Snippets, read_snippets
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.phrase_files import (
    MAX_BYTES,
    encode,
    load_phrases,
    own_phrases,
    phrases_in,
    save_phrases,
)
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

_WIDTH = 80
_KEPT = "Nothing was imported."


class _Searching(click.Group):
    """A group whose first argument may also be a word to search for."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "search", self.commands["search"], args


@click.group(
    cls=_Searching,
    invoke_without_command=True,
    subcommand_metavar="[WORD]... | COMMAND",
    epilog="Example: imr-tui phrases taper",
)
@folder_option
@click.pass_context
def phrases(ctx: click.Context, folder: Path) -> Any:
    """List, import and export phrases.

    With WORDs, lists the phrases that have all of them in their name, purpose or text.
    In a text of a case, type a period, the name of a phrase, and Tab.
    """
    if ctx.invoked_subcommand is None:
        return ctx.invoke(search, words=(), folder=folder)
    return 0


@phrases.command(hidden=True)
@click.argument("words", nargs=-1)
@folder_option
def search(words: tuple[str, ...], folder: Path) -> int:
    """List the phrases that have all WORDS. The exit code is 1 if nothing is found."""
    found = load_phrases(Folder(folder)).search(" ".join(words))
    if not found:
        tell("No phrase has these words.")
        return EXIT_FINDINGS
    show("\n".join(map(_shown, found)))
    return 0


def _shown(phrase: Phrase) -> str:
    origin = "" if phrase.origin == "shipped" else f" ({phrase.origin})"
    head = f".{phrase.name}{origin}  {phrase.about}".rstrip()
    body = textwrap.wrap(phrase.text, _WIDTH - 4)
    return "\n".join((head, *(f"    {line}" for line in body)))


@phrases.command("export", epilog="Example: imr-tui phrases export > phrases.toml")
@folder_option
def export(folder: Path) -> int:
    """Print your own phrases as the content of a phrases.toml."""
    say(encode(own_phrases(Folder(folder))).rstrip("\n"))
    return 0


@phrases.command("import", epilog="Example: imr-tui phrases import snippets.json")
@click.argument("file", type=NamedPath())
@click.option("--replace", is_flag=True, help="Replace phrases of yours with the same name.")
@folder_option
def import_phrases(file: Path, replace: bool, folder: Path) -> int:
    """Add the snippets of FILE to your phrases.

    FILE is a VS Code snippet file (.json), a TextExpander export (.csv), a file of phrases (.toml),
    or plain text. In plain text, a line such as .taper begins the phrase of that name.

    Macros that imr-tui does not know become `***`. If a snippet is a script, nothing is imported.
    """
    place = Folder(folder)
    found = _read(file)
    own = {each.name: each for each in own_phrases(place)}
    taken = [each.name for each in found.phrases if each.name in own]
    if taken and not replace:
        names = ", ".join(f".{name}" for name in taken[:5])
        raise BadInput(f"You have phrases of these names: {names}. {_KEPT} Use --replace.")
    own.update((each.name, each) for each in found.phrases)
    _require_complete(file, found, Phrases([*load_phrases(place), *own.values()]))
    save_phrases(place, tuple(own.values()))
    tell(*found.remarks)
    count = len(found.phrases)
    tell(f"{count} phrase{'s' * (count != 1)} imported.")
    return 0


def _read(file: Path) -> Snippets:
    """The phrases in a file that is to be imported; raises BadInput with the line."""
    if file.suffix.lower() == ".toml":
        rows, lines = phrases_in(file)
        return Snippets(rows, lines=lines)
    try:
        return read_snippets(toml.decode(read_bytes(file, MAX_BYTES), file), file.suffix)
    except ValueError as error:
        raise BadInput(f"{file}, {error}. {_KEPT}") from error


def _require_complete(file: Path, found: Snippets, together: Phrases) -> None:
    """Raise BadInput if a phrase, also one that is there already, could not be expanded."""
    for phrase in together:
        if phrase.origin == "own" and (says := together.fault(phrase)):
            line = found.lines.get(phrase.name)
            at = f"{file}, line {line}" if line else f"{file}"
            raise BadInput(f"{at}: .{phrase.name} {says}. {_KEPT}")
