"""Imports published letters: compares each with the letter of its case, then writes the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.letter.extract.pdf_text import PdfTexts
from imr_tui.letter.parse.round_trip import Comparison, compare
from imr_tui.model import reviewer_edits
from imr_tui.store.cases import intake
from imr_tui.store.cases.imported_letters import SUFFIXES, read_letter
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from imr_tui.letter.extract.pdf_text import Progress
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.locking.holder import Holder


class ComparedLetter(NamedTuple):
    """A letter that was read, and compared with the letter of its case."""

    source: str
    """Its name."""
    case: Case
    """The case parsed from it."""
    comparison: Comparison
    """The words that differ, and the page headers and footers that were left out."""

    @property
    def outcome(self) -> str:
        """The sentence about it once it is imported, and about text that it does not reproduce."""
        says, came = f"Imported {self.case.number}.", self.comparison
        if came.left_out:
            says += f" Skipped {len(came.left_out)} lines of page headers and footers."
        if not came.is_equal:
            says += " Its text differs from the letter; run `imr-tui import --report`."
        return says

    def store(self, folder: Folder, replaced_by: Holder | None = None) -> Path:
        """Write the case file, over an existing one only for the session `replaced_by`.

        Raises what `Folder.new` raises, or `Folder.supersede` for such a session.
        """
        if replaced_by is not None:
            return folder.supersede(self.case, replaced_by)
        return folder.new(self.case, Event.IMPORTED)


class Imported(NamedTuple):
    """The result of importing one letter: the letter, or the error."""

    source: str
    """Its name."""
    letter: ComparedLetter | None = None
    """The letter, or None if it failed."""
    error: ImrError | None = None
    """The error, if it failed."""


class Options(NamedTuple):
    """How letters are read and stored."""

    number: str = ""
    """The case number of a letter that does not state it."""
    loose: bool = False
    """Whether to take what is certain from another kind of letter."""
    replaced_by: Holder | None = None
    """The session that replaces an existing case, whose old text becomes a version; or None."""
    own: bool = False
    """Whether the reviewer says that they wrote the letters."""


_DEFAULTS = Options()


def documents(sources: Iterable[str]) -> Iterator[str]:
    """The letters among paths, where a folder stands for its letters and `-` for stdin."""
    for source in sources:
        if source != "-" and Path(source).is_dir():
            found = (each for each in Path(source).iterdir() if each.suffix.lower() in SUFFIXES)
            yield from map(str, sorted(found))
        else:
            yield source


def import_letters(
    sources: Iterable[str], folder: Folder | None, progress: Progress, options: Options = _DEFAULTS
) -> list[Imported]:
    """Import each letter into `folder`, or only read and compare them if that is None."""
    with PdfTexts(progress) as pdfs:
        return [_import(source, folder, pdfs, options) for source in sources]


def _import(source: str, folder: Folder | None, pdfs: PdfTexts, options: Options) -> Imported:
    try:
        letter = read_and_compare(source, pdfs, options)
        if folder is not None:
            letter.store(folder, options.replaced_by)
    except ImrError as error:
        return Imported(intake.name(source), error=error)
    return Imported(letter.source, letter)


def read_and_compare(source: str, pdfs: PdfTexts, options: Options = _DEFAULTS) -> ComparedLetter:
    """Read a letter as a case, and compare it with the letter of that case; writes nothing.

    Raises BadInput if it is not an IMR letter, or its case has no letter, CannotStore if it cannot
    be read.
    """
    document = read_letter(source, options.number, loose=options.loose, pdfs=pdfs)
    case = reviewer_edits.claim_letter(document.case) if options.own else document.case
    return ComparedLetter(document.source, case, compare(document.text, case))
