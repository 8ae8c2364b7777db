"""A directory in which an organization puts files of assignments, to be taken in one by one."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore, Conflict
from imr_tui.store.safety import atomic, linux, safe_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DONE, REFUSED = "done", "refused"
"""The subdirectories of files that were taken in, and of those with a row that failed."""
WHY = ".why"
"""How the name of the file ends that says why another one was refused."""
_UNFINISHED = (".tmp", ".part")
"""How the names of files end that are still being written."""


class Waiting(NamedTuple):
    """A file that waits in a spool directory."""

    path: Path
    """The file."""
    status: os.stat_result
    """Its status when it was found."""

    @property
    def may_grow(self) -> bool:
        """Whether it was changed so recently that it may still be written."""
        return linux.is_young(self.status)

    @property
    def is_same(self) -> bool:
        """Whether it has not changed since it was found."""
        try:
            now = self.path.lstat()
        except OSError:
            return False
        return _stamp(now) == _stamp(self.status)


def waiting(spool: Path) -> Iterator[Waiting]:
    """The files that wait in a spool directory, by name; raises CannotStore.

    Hidden files and those that end with `.tmp` or `.part` are left out, as are links.
    """
    try:
        names = safe_open.names(spool)
    except OSError as error:
        raise _unreadable(spool, error) from error
    for name in names:
        if name.startswith(".") or name.lower().endswith(_UNFINISHED):
            continue
        try:
            status = (spool / name).lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield Waiting(spool / name, status)


def put_away(file: Waiting, why: str = "") -> Path:
    """Move a file to `done`, or with the reason `why` to `refused`; returns its new path.

    Never replaces a file there: the new name may end with a number. Raises CannotStore, with the
    file where it was.
    """
    place = file.path.parent / (REFUSED if why else DONE)
    atomic.make_folder(place)
    path = next(each for each in _names(place, file.path.name) if not os.path.lexists(each))
    if why:
        # Written first, so that a refused file never lacks its reason.
        atomic.write(path.with_name(f"{path.name}{WHY}"), why.encode())
    try:
        file.path.rename(path)
        for folder in (place, file.path.parent):
            with safe_open.opened(folder) as descriptor:
                os.fsync(descriptor)
    except OSError as error:
        says = f"{file.path} could not be moved to {place}: {atomic.reason(error)}."
        raise CannotStore(says) from error
    return path


@contextmanager
def locked(spool: Path) -> Iterator[None]:
    """Keep other runs from a spool directory; raises Conflict if one is at work, CannotStore."""
    try:
        with safe_open.opened(spool) as descriptor:
            if not linux.lock(descriptor):
                raise Conflict(
                    f"Another `imr-tui intake` works on {spool}. This one changed nothing. Try "
                    "again when that one has ended."
                )
            yield
    except OSError as error:
        raise _unreadable(spool, error) from error


def _names(place: Path, name: str) -> Iterator[Path]:
    yield place / name
    first = place / name
    yield from (first.with_stem(f"{first.stem}-{number}") for number in count(2))


def _unreadable(spool: Path, error: OSError) -> CannotStore:
    return CannotStore(f"The directory {spool} could not be read: {atomic.reason(error)}.")


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
