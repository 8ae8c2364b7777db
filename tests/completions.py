"""Makes the tables of words that completion offers: `python -m tests.completions` writes them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from imr_tui.checks import RULES
from imr_tui.cli import commands, completion
from imr_tui.cli.completion.syntax import FLAG, MANY, SUBCOMMAND
from imr_tui.cli.dispatch import COMMANDS
from imr_tui.cli.parameters import CasePath, FolderPath, RuleName, Topic
from imr_tui.cli.runtime import hardening

FOLDER = Path(completion.__file__).parent
SAYS = 60
"""The longest explanation that is shown beside a word."""
DISPATCHED = ((hardening.OPTION, "Open the app on one folder, and nothing else."),)
"""Options that are handled before click is loaded."""


def tables() -> dict[str, str]:
    """The content of each table, by the name of its file."""
    options = [row for name in COMMANDS for row in rows(name, commands.load(name))]
    options += rows("open", commands.imr_tui)
    options += [("open", name, FLAG, says) for name, says in DISPATCHED]
    rules = [(rule.id, short(rule.summary)) for _, rule in sorted(RULES.items())]
    return {"options.tsv": table(options), "rules.tsv": table(rules)}


def table(lines: Sequence[tuple[str, ...]]) -> str:
    return "".join("\t".join(line) + "\n" for line in lines)


def rows(name: str, command: click.Command) -> Iterator[tuple[str, ...]]:
    """The rows of a command and of the commands that it has."""
    for param in command.params:
        if isinstance(param, click.Option):
            kind = FLAG if param.is_flag else kind_of(param)
            if not param.hidden:
                yield name, " ".join(param.opts), kind, short(param.help or "")
        else:
            yield name, "", kind_of(param) + (MANY if param.nargs == -1 else ""), ""
    if isinstance(command, click.Group) and command is not commands.imr_tui:
        for below, part in command.commands.items():
            if not part.hidden:
                yield name, below, SUBCOMMAND, short(part.get_short_help_str())
                yield from rows(f"{name} {below}", part)


def kind_of(param: click.Parameter) -> str:
    """The kind of the values of a parameter."""
    kinds = {CasePath: "case", FolderPath: "folder", click.Path: "file"}
    kinds |= {RuleName: "rule", Topic: "topic"}
    if isinstance(param.type, click.Choice):
        return f"choice:{' '.join(param.type.choices)}"
    for kind, name in kinds.items():
        if isinstance(param.type, kind):
            return name
    return "file" if "FILE" in (param.metavar or "") else "text"


def short(text: str) -> str:
    """The first sentence, without its period, cut where it is long."""
    sentence = " ".join(text.split()).split(". ")[0].rstrip(".")
    return sentence if len(sentence) <= SAYS else sentence[: SAYS - 3].rstrip() + "..."


if __name__ == "__main__":
    for each, content in tables().items():
        (FOLDER / each).write_text(content, encoding="utf-8")
