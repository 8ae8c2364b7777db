"""Checks case files and published letters, each with the setup of its folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.report import Checked
from imr_tui.errors import CannotStore, ImrError
from imr_tui.services.check_case import check_case, load_setup
from imr_tui.services.open_case import folder_warnings, resolve
from imr_tui.services.spelling import CommandSpelling
from imr_tui.store.cases import intake
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Entry, Folder, entry_of
from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.letter.extract.pdf_text import PdfTexts, Progress

STDIN = Path("-")
"""Stands for standard input."""

_UNNUMBERED = "letter"
"""Stands for the case number of a letter without one; nothing is written under it."""
_SCHEMA = re.compile(rb"^\s*schema\s*=", re.MULTILINE)


class CheckedFiles(NamedTuple):
    """The cases that were checked, and the problems."""

    checked: list[Checked]
    """The cases with their findings."""
    broken: list[str]
    """Sentences about files that could not be read, and about the setups of folders."""


def check_files(
    paths: Sequence[Path],
    today: date,
    progress: Progress,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> CheckedFiles:
    """Check what `paths` name, with only the rules `select` and without `ignore`.

    Settings are read once for each folder. Raises CannotStore for a missing path, and BadInput or
    CannotStore for invalid settings.
    """
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    setups = {path: load_setup(Folder(path), today) for path in folders}
    broken = [problem for loaded in setups.values() for problem in loaded.problems]
    checked = []
    with CommandSpelling() as speller:
        for entry in entries(paths, progress):
            if entry.case is None:
                broken.append(entry.problem)
                continue
            setup = setups[entry.path.parent].setup
            policy = replace(setup.policy, select=select, ignore=ignore)
            # The first check loads the rules and their tables, and none of that is garbage.
            with uncollected():
                setup = speller.with_spelling(
                    replace(setup, policy=policy), entry.case, entry.path.parent
                )
                found = check_case(entry.case, setup)
            checked.append(Checked(entry.path, entry.case, found))
    return CheckedFiles(checked, broken + speller.problems)


def privacy_warnings(paths: Sequence[Path]) -> list[str]:
    """Sentences about folders of cases that others can access; letters are not confidential."""
    folders = dict.fromkeys(_folders_of_cases(paths))
    return [says for folder in folders for says in folder_warnings(folder)]


def _folders_of_cases(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.suffix == SUFFIX and not path.is_dir():
            yield path.parent
        elif path.is_dir() and any(path.glob(f"*{SUFFIX}")):
            yield path


def entries(paths: Sequence[Path], progress: Progress) -> Iterator[Entry]:
    """Each case and letter that `paths` name, once; raises CannotStore for a missing one.

    A folder stands for its case files, or for its letters if it has no case files.
    """
    seen = set[Path]()
    with ExitStack() as stack:
        pdfs = cache(partial(_pdfs, stack, progress))
        for path in paths:
            for entry in _named(path, pdfs):
                if entry.path not in seen:
                    seen.add(entry.path)
                    yield entry


def _pdfs(stack: ExitStack, progress: Progress) -> PdfTexts:
    # Starts processes; only letters need it.
    from imr_tui.letter.extract.pdf_text import PdfTexts

    return stack.enter_context(PdfTexts(progress))


def _named(path: Path, pdfs: Callable[[], PdfTexts]) -> Iterator[Entry]:
    if path == STDIN:
        yield _standard_input(pdfs)
    elif path.suffix == SUFFIX or path.is_dir() or not _is_letter(path):
        target = resolve(path)
        yield from [entry_of(path)] if target.number else _of_folder(target.folder, pdfs)
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


def _standard_input(pdfs: Callable[[], PdfTexts]) -> Entry:
    data = intake.read_source(str(STDIN))
    if not _SCHEMA.search(data):
        return _letter(STDIN, pdfs, data)
    try:
        return Entry(STDIN, decode(data, intake.name(str(STDIN))))
    except ImrError as error:
        return _broken(STDIN, error)


def _is_letter(path: Path) -> bool:
    # The reader of letters, which checking cases does not need.
    from imr_tui.store.cases.imported_letters import SUFFIXES

    hidden = path.name.startswith(".")
    return path.suffix.lower() in SUFFIXES and not hidden and not path.is_dir()


def _letter(path: Path, pdfs: Callable[[], PdfTexts], data: bytes | None = None) -> Entry:
    # As in `_is_letter`.
    from imr_tui.letter.extract.document import text_of
    from imr_tui.letter.parse.parser import parse
    from imr_tui.store.cases.imported_letters import read_letter

    try:
        if data is None:
            return Entry(path, read_letter(str(path), _UNNUMBERED, pdfs=pdfs()).case)
        return Entry(path, parse(text_of(data, intake.name(str(path)), pdfs()), _UNNUMBERED))
    except ImrError as error:
        return _broken(path, error)


def _broken(path: Path, error: ImrError) -> Entry:
    name, says = intake.name(str(path)), str(error)
    return Entry(path, None, clean_line(says if says.startswith(name) else f"{name}: {says}"))
