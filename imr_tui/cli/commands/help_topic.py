"""`imr-tui help`: lists the topics of the manual, prints one, or installs the man pages."""

import difflib
import re
import textwrap
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from imr_tui.cli.dispatch import COMMANDS
from imr_tui.cli.output import say, tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import FolderPath, Topic, folder_option
from imr_tui.cli.site_keys import with_site_keys
from imr_tui.store.maintenance.man_pages import install_man_pages
from imr_tui.text.sanitize import clean_line

WIDTH = 80
"""The width of the printed text in columns; code may be wider."""

_COLUMN = 26
"""The widest first column of a table; a longer cell has a line to itself."""
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_FENCE = "```"


@click.command("help", epilog="Example: imr-tui help first-letter")
@click.argument("topic", type=Topic(), default="")
@click.option(
    "--install-man",
    "man_folder",
    type=FolderPath(),
    metavar="DIR",
    help="Copy the man pages to DIR/man1 and DIR/man5, such as /usr/local/share/man.",
)
@folder_option
def help_topic(topic: str, man_folder: Path | None, folder: Path) -> int:
    """Show a topic of the manual, or list them.

    The topics about keys show those of the folder of cases.
    """
    if man_folder is not None:
        return _install_man(man_folder, topic)
    pages = manual()
    if not topic:
        rows = [[name, _summary(page)] for name, page in pages.items()]
        show("\n".join(["Run `imr-tui help TOPIC` with one of these topics:", "", *_table(rows)]))
    elif page := pages.get(topic.lower().removesuffix(".md")):
        is_about_keys = page in (pages["keys"], pages["key-map"])
        show("\n".join(plain(with_site_keys(page, folder) if is_about_keys else page)))
    else:
        raise click.UsageError(f"There is no topic {clean_line(topic)}. {_advice(topic, pages)}")
    return 0


def _install_man(folder: Path, topic: str) -> int:
    if topic:
        raise click.UsageError("--install-man and a topic exclude each other.")
    written = install_man_pages(folder)
    say("\n".join(map(str, written)))
    tell(f"{len(written)} man pages were installed. `man -M {folder} imr-tui` shows the first.")
    return 0


def manual() -> dict[str, str]:
    """The Markdown text of each topic, sorted by topic."""
    pages = (each for each in files("imr_tui").joinpath("manual").iterdir())
    return {
        each.name.removesuffix(".md"): each.read_text(encoding="utf-8")
        for each in sorted(pages, key=lambda page: page.name.removesuffix(".md"))
        if each.name.endswith(".md")
    }


def plain(page: str) -> Iterator[str]:
    """The lines of a page with headings underlined, code indented and tables aligned."""
    rows: list[list[str]] = []
    in_code = False
    for line in page.rstrip("\n").split("\n"):
        if line.startswith("|") and not in_code:
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
            continue
        # The first two rows are the header and the line below it.
        yield from _table(rows[2:])
        rows = []
        if line.startswith(_FENCE):
            in_code = not in_code
        elif in_code:
            yield f"  {line}".rstrip()
        elif line.startswith("#"):
            marks, _, title = line.partition(" ")
            yield title
            yield ("=" if marks == "#" else "-") * len(title)
        else:
            yield _BOLD.sub("", line)
    yield from _table(rows[2:])


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Two columns, the second wrapped beside the first."""
    lengths = [len(left) for left, _ in rows]
    column = max((length for length in lengths if length <= _COLUMN), default=2) + 2
    for left, right in rows:
        wrapped = textwrap.wrap(right, WIDTH - column, break_on_hyphens=False)
        if len(left) > _COLUMN:
            yield left
            left = ""
        for line in wrapped:
            yield f"{left:<{column}}{line}"
            left = ""


def _summary(page: str) -> str:
    """The sentence below the title."""
    return page.split("\n")[2]


def _advice(topic: str, pages: dict[str, str]) -> str:
    word = topic.lower()
    near = difflib.get_close_matches(word, pages) or [
        name
        for name in sorted(pages, key=lambda name: -pages[name].lower().count(word))
        if word in pages[name].lower()
    ]
    advice = f"Try {', '.join(near[:3])}." if near else "`imr-tui help` lists the topics."
    if topic in COMMANDS:
        advice += f" `imr-tui {topic} --help` describes the command."
    return advice
