"""The files beside a case file that its row depends on: of its letter, signature and intake."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from imr_tui.store.cases.letter_file import FOLDER, LETTER, RECORD
from imr_tui.store.intake.closing import CLOSED
from imr_tui.store.intake.received import RECEIVED, intake_folder
from imr_tui.store.safety.safe_open import OWN, SUFFIX
from imr_tui.store.signing.sealed_copies import FOLDER as SIGNED
from imr_tui.store.worklist.case_files import RACY_NS, Status

_MARK_BYTES = 16
"""The length of the digest that stands for the files of a signature."""


class FilesBeside(NamedTuple):
    """The status of the files beside a case file."""

    record: Status = None
    """The status of the letter's record under `.imr/letters`."""
    letter: Status = None
    """The status of the letter; None if it is gone, or was never written."""
    sealed: tuple[tuple[str, Status], ...] = ()
    """The names and statuses of its revisions under `.imr/signed`, and of the newest one's files;
    blank if it was never signed."""
    intake: tuple[tuple[str, Status], ...] = ()
    """The names and statuses of its files under `.imr/intake`, if it is closed or has new facts."""

    @property
    def mark(self) -> str:
        """Text that differs as soon as one of the files does; for the index."""
        more = " ".join(f"{name} {_mark(status)}" for name, status in (*self.sealed, *self.intake))
        digest = hashlib.blake2b(more.encode(), digest_size=_MARK_BYTES).hexdigest()
        return f"{_mark(self.record)} {_mark(self.letter)} {digest if more else '-'}"

    def is_settled(self, read_ns: int) -> bool:
        """Whether all were old enough at `read_ns` that a later change shows in their times."""
        more = (status for _, status in (*self.sealed, *self.intake))
        statuses = (self.record, self.letter, *more)
        times = [max(each.st_mtime_ns, each.st_ctime_ns) for each in statuses if each is not None]
        return max(times, default=0) < read_ns - RACY_NS


NOTHING = FilesBeside()
"""Of a case without a signature, a written letter, or news of the organization."""


def files_beside(folder: Path) -> Mapping[str, FilesBeside]:
    """The files beside all cases that have some, by the name of the case file."""
    found = {
        f"{stem}{SUFFIX}": FilesBeside(record, _status(folder / f"{stem}{LETTER}"))
        for stem, record in _records(folder)
    }
    for number in _names(folder / OWN / SIGNED):
        if sealed := tuple(_revisions(folder / OWN / SIGNED / number)):
            name = f"{number}{SUFFIX}"
            found[name] = found.get(name, NOTHING)._replace(sealed=sealed)
    for name in _with_news(intake := intake_folder(folder)):
        paths = (each / name for each in (intake, intake / RECEIVED, intake / CLOSED))
        news = tuple((path.parent.name, _status(path)) for path in paths)
        found[name] = found.get(name, NOTHING)._replace(intake=news)
    return found


def _with_news(intake: Path) -> set[str]:
    """The names of the case files that are closed, or for which new facts wait."""
    names = (*_names(intake), *_names(intake / CLOSED))
    return {name for name in names if name.endswith(SUFFIX)}


def _records(folder: Path) -> Iterator[tuple[str, Status]]:
    """The case numbers for which a letter was written, with the status of the record."""
    for name in _names(folder / OWN / FOLDER):
        if name.endswith(RECORD):
            yield name.removesuffix(RECORD), _status(folder / OWN / FOLDER / name)


def _revisions(path: Path) -> Iterator[tuple[str, Status]]:
    """The revisions of a case, and the files of the newest one."""
    names = sorted(filter(str.isdigit, _names(path)), key=lambda name: (len(name), name))
    yield from ((name, None) for name in names)
    if names:
        newest = path / names[-1]
        yield from ((name, _status(newest / name)) for name in sorted(_names(newest)))


def _names(path: Path) -> list[str]:
    """The names in a folder; empty if there is no such folder, as before the first letter."""
    try:
        return os.listdir(path)  # noqa: PTH208
    except OSError:
        return []


def _status(path: Path) -> Status:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _mark(status: Status) -> str:
    if status is None:
        return "-"
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
