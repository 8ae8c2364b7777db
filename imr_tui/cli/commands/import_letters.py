"""`imr-tui import`: makes case files of published letters, text or PDF."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import NamedPath
from imr_tui.cli.paths import DEFAULT
from imr_tui.errors import BadInput, ImrError
from imr_tui.letter.extract.pdf_text import PdfTexts
from imr_tui.letter.parse.round_trip import Comparison, compare
from imr_tui.store.cases import intake
from imr_tui.store.cases.folder import Folder
from imr_tui.store.cases.imported_letters import SUFFIXES, Document, read_letter
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import this_session
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.model.case import Case


@dataclass(frozen=True)
class Imported:
    """The result of importing one document."""

    source: str
    """Its name."""
    case: Case | None
    """The case, or None if it failed."""
    comparison: Comparison | None = None
    """How the letter of the case compares with the document."""
    error: ImrError | None = None
    """The error, if it failed."""


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--folder", type=NamedPath(), default=DEFAULT, help="Where cases go.")
@click.option("--number", default="", help="The case number of a letter that does not say it.")
@click.option("--replace", is_flag=True, help="Replace a case that is there; the old one is kept.")
@click.option("--loose", is_flag=True, help="Take from another kind of letter what is certain.")
@click.option("--report", is_flag=True, help="Only tell what would come back; make no case.")
def import_letters(
    sources: tuple[str, ...], folder: Path, number: str, replace: bool, loose: bool, report: bool
) -> int:
    """Make case files of published letters: FILE is text, a PDF, a folder of them, or -."""
    documents = list(_documents(sources))
    if number and len(documents) > 1:
        raise BadInput("--number goes with one letter only.")
    target = None if report else Folder(folder)
    with PageLine() as pages, PdfTexts(pages) as pdfs:
        read = partial(read_letter, number=number, loose=loose, pdfs=pdfs)
        results = [_import(source, read, target, replace=replace) for source in _shown(documents)]
    for result in results:
        _tell(result, report=report)
    done = sum(result.case is not None for result in results)
    tell(f"{done} of {len(results)} letters {'can be imported' if report else 'imported'}.")
    return max((result.error.exit_code for result in results if result.error), default=0)


def _documents(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        if source != "-" and Path(source).is_dir():
            found = sorted(
                path for path in Path(source).iterdir() if path.suffix.lower() in SUFFIXES
            )
            yield from map(str, found)
        else:
            yield source


def _shown(documents: list[str]) -> Iterator[str]:
    """The documents, with a progress bar if there are several and stderr is a terminal."""
    if len(documents) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from documents
        return
    with click.progressbar(documents, label="Importing", file=sys.stderr) as bar:
        yield from bar


def _import(
    source: str, read: Callable[[str], Document], target: Folder | None, *, replace: bool
) -> Imported:
    try:
        letter = read(source)
        if target is not None:
            (
                target.supersede(letter.case, this_session(datetime.now(UTC)))
                if replace
                else target.new(letter.case, Event.IMPORTED)
            )
        return Imported(letter.source, letter.case, compare(letter.text, letter.case))
    except ImrError as error:
        return Imported(intake.name(source), None, error=error)


def _tell(result: Imported, *, report: bool) -> None:
    if result.case is None or result.comparison is None:
        tell(f"{result.source}: {result.error}")
        return
    case, came = result.case, result.comparison
    outcomes = ", ".join(item.decision or "open" for item in case.items)
    count = f"{len(case.items)} item{'' if len(case.items) == 1 else 's'}"
    say(f"{result.source}: {case.number}, {count}: {outcomes}")
    if report:
        say(f"  citations in fields: MTUS {_of(came.mtus)}, others {_of(came.others)}")
        say("  words: all came back" if came.is_equal else "  words: not all came back")
        for each in came.left_out:
            say(f"  left out: line {each.line}, {each.why}: {each.text}")
    elif came.left_out:
        what = f"{_lines(len(came.left_out))} of page headers and footers"
        say(f"  left out: {what}; --report lists them")
    for what, words in (("lost", came.lost), ("added", came.added)):
        if words:
            say(f"  {what}: {' '.join(words[:20])}{' ...' if len(words) > 20 else ''}")


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _of(share: tuple[int, int]) -> str:
    return f"{share[0]} of {share[1]}"


_PATIENCE_SECONDS = 0.5
"""How long a document is read before its progress is shown."""


class PageLine:
    """Shows the page of a slow document on a terminal, and erases it afterwards."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._since = 0.0
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._put("")

    def __call__(self, where: str, done: int, count: int) -> None:
        """Show that `done` of `count` pages are read."""
        if done == 0:
            self._since = time.monotonic()
        if count == 0:
            self._put("")
        elif time.monotonic() - self._since > _PATIENCE_SECONDS:
            self._put(f"{clean_line(where)}: page {done + 1} of {count}")

    def _put(self, text: str) -> None:
        """Show a text over the last one; of a long text, only the end."""
        if not self._is_shown or not (text or self._length):
            return
        shown = text[-(shutil.get_terminal_size().columns - 1) :]
        line = f"\r{shown.ljust(self._length)}" + ("" if shown else "\r")
        # Set first, so that an interrupt during the write leaves nothing behind.
        self._length = max(len(shown), self._length) if shown else 0
        sys.stderr.write(line)
        sys.stderr.flush()
