"""The inputs of `imr-tui check`: case files, published letters, folders, standard input."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.cli.paths import folder_and_number
from imr_tui.errors import CannotStore, ImrError
from imr_tui.store.cases import intake
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Entry, Folder, entry_of
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.letter.extract.pdf_text import PdfTexts

STDIN = Path("-")
"""Stands for standard input."""

_UNNUMBERED = "letter"
"""Stands for the case number of a letter without one; nothing is written under it."""
_SCHEMA = re.compile(rb"^\s*schema\s*=", re.MULTILINE)


class Letter(Entry):
    """A published letter, parsed as a case."""


def entries(paths: Sequence[Path]) -> Iterator[Entry]:
    """Each case and letter that `paths` name, once; raises CannotStore for a missing one.

    A folder stands for its case files, or for its letters if it has no case files.
    """
    seen = set[Path]()
    with ExitStack() as stack:
        pdfs = cache(partial(_pdfs, stack))
        for path in paths:
            for entry in _named(path, pdfs):
                if entry.path not in seen:
                    seen.add(entry.path)
                    yield entry


def _pdfs(stack: ExitStack) -> PdfTexts:
    """The PDF reader, which is only imported for letters."""
    from imr_tui.cli.commands.import_letters import PageLine
    from imr_tui.letter.extract.pdf_text import PdfTexts

    return stack.enter_context(PdfTexts(stack.enter_context(PageLine())))


def _named(path: Path, pdfs: Callable[[], PdfTexts]) -> Iterator[Entry]:
    if path == STDIN:
        yield _standard_input(pdfs)
    elif path.suffix == SUFFIX or path.is_dir() or not _is_letter(path):
        folder, number = folder_and_number(path)
        yield from [entry_of(path)] if number else _of_folder(folder, pdfs)
    elif path.exists() or path.is_symlink():
        yield _letter(path, pdfs)
    else:
        raise CannotStore(f"There is no file {path}.")


def _of_folder(folder: Folder, pdfs: Callable[[], PdfTexts]) -> Iterator[Entry]:
    has_cases = False
    for entry in folder.entries():
        has_cases = True
        yield entry
    if not has_cases:
        found = (path for path in folder.path.iterdir() if _is_letter(path))
        yield from (_letter(path, pdfs) for path in sorted(found))


def _is_letter(path: Path) -> bool:
    # Imported here, because checking cases does not need the letter reader.
    from imr_tui.store.cases.imported_letters import SUFFIXES

    hidden = path.name.startswith(".")
    return path.suffix.lower() in SUFFIXES and not hidden and not path.is_dir()


def _letter(path: Path, pdfs: Callable[[], PdfTexts]) -> Entry:
    from imr_tui.store.cases.imported_letters import read_letter

    try:
        return Letter(path, read_letter(str(path), _UNNUMBERED, pdfs=pdfs()).case)
    except ImrError as error:
        return _broken(path, error)


def _standard_input(pdfs: Callable[[], PdfTexts]) -> Entry:
    data = intake.read_source(str(STDIN))
    name = intake.name(str(STDIN))
    try:
        if _SCHEMA.search(data):
            return Entry(STDIN, decode(data, name))
        from imr_tui.letter.extract.document import text_of
        from imr_tui.letter.parse.parser import parse

        return Letter(STDIN, parse(text_of(data, name, pdfs()), _UNNUMBERED))
    except ImrError as error:
        return _broken(STDIN, error)


def _broken(path: Path, error: ImrError) -> Entry:
    name, says = intake.name(str(path)), str(error)
    return Entry(path, None, clean_line(says if says.startswith(name) else f"{name}: {says}"))
