"""Finds the letters that were written for the cases of a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from imr_tui.store.cases.letter_file import FOLDER, LETTER, RECORD
from imr_tui.store.safety.safe_open import OWN, SUFFIX
from imr_tui.store.worklist.case_files import RACY_NS, Status


class LetterFiles(NamedTuple):
    """The status of the record and of the letter of a case for which a letter was written."""

    record: Status
    """The status of the record under `.imr/letters`."""
    letter: Status
    """The status of the letter; None if it is gone."""

    @property
    def mark(self) -> str:
        """Text that differs as soon as one of the files does; for the index."""
        return " ".join(map(_mark, self))

    def is_settled(self, read_ns: int) -> bool:
        """Whether both were old enough at `read_ns` that a later change shows in their times."""
        times = [max(each.st_mtime_ns, each.st_ctime_ns) for each in self if each is not None]
        return max(times, default=0) < read_ns - RACY_NS


NO_LETTER = LetterFiles(None, None)
"""Of a case for which no letter was written."""


def letter_files(folder: Path) -> Mapping[str, LetterFiles]:
    """The files of all written letters, by the name of the case file."""
    found = {}
    try:
        with os.scandir(folder / OWN / FOLDER) as entries:
            for entry in entries:
                if entry.name.endswith(RECORD):
                    stem = entry.name.removesuffix(RECORD)
                    letter = _status(folder / f"{stem}{LETTER}")
                    found[f"{stem}{SUFFIX}"] = LetterFiles(_status(Path(entry.path)), letter)
    except OSError:
        # Without records no letter was written.
        return found
    return found


def _status(path: Path) -> Status:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _mark(status: Status) -> str:
    if status is None:
        return "-"
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
