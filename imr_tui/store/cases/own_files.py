"""The files of a case besides its case file: its letter, and what belongs to its signatures."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.model.limits import required_number
from imr_tui.store.cases.letter_file import FOLDER as LETTERS, LETTER, RECORD
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import OWN, read_bytes
from imr_tui.store.signing.sealed_copies import (
    CASE,
    FOLDER as SIGNED,
    LETTER as SEALED_LETTER,
    MANIFEST,
    ORGANIZATION,
    REVIEWER,
    SealedCopies,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SEALED = (CASE, SEALED_LETTER, MANIFEST, REVIEWER, ORGANIZATION)


def own_files(folder: Path, number: str) -> dict[str, bytes]:
    """The files of a case by their path in `folder`, such as `CM14-0187654.txt`.

    Raises CannotStore if one cannot be read.
    """
    there = (name for name in _names(folder, number) if os.path.lexists(folder / name))
    return {name: read_bytes(folder / name) for name in there}


def write_own_files(folder: Path, number: str, files: Mapping[str, bytes]) -> None:
    """Write files of a case, as `own_files` returned them; equal ones are left alone.

    Raises BadInput, with nothing written, for a path that is not that of such a file, CannotStore.
    """
    if foreign := [name for name in files if not _is_own(number, name)]:
        raise BadInput(f"{foreign[0]} is not a file of {number}. Nothing was written.")
    for name, data in files.items():
        path = folder / name
        if os.path.lexists(path) and read_bytes(path) == data:
            continue
        if OWN in path.parts:
            atomic.make_folders(path.parent, folder)
        atomic.write(path, data)


def _names(folder: Path, number: str) -> Iterator[str]:
    yield f"{number}{LETTER}"
    yield f"{OWN}/{LETTERS}/{number}{RECORD}"
    for revision in SealedCopies(folder, number).revisions():
        yield from (f"{OWN}/{SIGNED}/{number}/{revision}/{name}" for name in _SEALED)


def _is_own(number: str, name: str) -> bool:
    """Whether `name` is the path of a file that `own_files` returns."""
    stem = re.escape(required_number(number))
    sealed = "|".join(map(re.escape, _SEALED))
    letter = f"{stem}{re.escape(LETTER)}"
    record = rf"\{OWN}/{LETTERS}/{stem}{re.escape(RECORD)}"
    copy = rf"\{OWN}/{SIGNED}/{stem}/[1-9]\d{{0,5}}/(?:{sealed})"
    return re.fullmatch(f"{letter}|{record}|{copy}", name, re.ASCII) is not None
