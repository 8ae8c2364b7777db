"""The case files of a folder, and the stamps that show whether one has changed."""

import hashlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import SUFFIX

Status = os.stat_result | None
"""The stat result of a file, or None if it cannot be had."""
RACY_NS = 2_000_000_000
"""A file modified less than this before it was read may have changed within one timestamp tick;
two seconds is the coarsest resolution of a file system."""


def case_names(folder: Path) -> list[str]:
    """The names of the case files, sorted; raises CannotStore."""
    return sorted(entry.name for entry in _entries(folder))


def case_files(folder: Path) -> Iterator[tuple[str, Status]]:
    """The name and status of each case file, unsorted; raises CannotStore."""
    for entry in _entries(folder):
        try:
            yield entry.name, entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            # Deleted since the folder was read.
            continue
        except OSError:
            yield entry.name, None


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                    yield entry
    except OSError as error:
        raise CannotStore(_unreadable(folder, error)) from error


def _unreadable(folder: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no folder {folder}. Create it: `mkdir -m 700 {shlex.quote(str(folder))}`."
    if isinstance(error, NotADirectoryError):
        return f"{folder} is not a folder. Name the folder with your cases."
    return f"The folder {folder} could not be read: {atomic.reason(error)}."


class FileStamp(NamedTuple):
    """The status of a file just before it was read, and the digest of its content."""

    inode: int
    """Its inode number."""
    size: int
    """Its length in bytes."""
    mtime_ns: int
    """Its modification time, which programs can set."""
    ctime_ns: int
    """Its change time, which programs cannot set."""
    read_ns: int
    """When it was read."""
    digest: bytes
    """The SHA-256 of its content."""

    def matches(self, status: Status) -> bool:
        """Whether a file with this status is certain to be unchanged."""
        return (
            status is not None
            and self.ctime_ns == status.st_ctime_ns
            and self.mtime_ns == status.st_mtime_ns
            and self.size == status.st_size
            and self.inode == status.st_ino
            and self.is_settled
        )

    @property
    def is_settled(self) -> bool:
        """Whether the file was old enough when read that a later change shows in its times."""
        return max(self.mtime_ns, self.ctime_ns) < self.read_ns - RACY_NS


def stamp_of(status: os.stat_result, read_ns: int, data: bytes) -> FileStamp:
    """The stamp of a file that had `status` when `data` was read from it, at `read_ns`."""
    return FileStamp(
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        read_ns,
        digest_of(data),
    )


def digest_of(data: bytes) -> bytes:
    """The SHA-256 of `data`."""
    return hashlib.sha256(data).digest()
