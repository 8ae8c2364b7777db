"""The journal of a session: preallocated disk space for text that the case file cannot take.

A record is written into blocks that the file already owns, so on a full disk it needs neither
space nor a new file. The latest record is never overwritten: the next one goes to the lowest slot
beside it, so that a torn write leaves the previous record intact.
"""

from __future__ import annotations

import errno
import os
import re
import resource
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from imr_tui.store.locking.sessions import may_be_running
from imr_tui.store.recovery.journal_records import (
    CLEARED,
    PAGE,
    Record,
    Slot,
    encoded,
    extent,
    latest_text,
    records_of,
    slot_beside,
)
from imr_tui.store.safety import atomic, linux, permissions, safe_open
from imr_tui.store.safety.safe_open import MAX_BYTES

FOLDER = "journal"
"""Folder under `.imr` of the journals."""
LEAST = 1 << 20
"""The smallest journal, unless the disk has not even this much space."""
_SHARE = 2
"""A journal takes at most this fraction (1/n) of the free space."""
MOST = 2 * extent(MAX_BYTES + PAGE)
"""Enough for two records of a case of maximum size, even if it does not compress."""
_NAME = re.compile(r"(?P<number>.+)\.(?P<session>[0-9a-f]{8}\.\d+-[0-9a-f]{8})", re.ASCII)


class Journal:
    """An open journal, locked while its session runs."""

    def __init__(self, path: Path, descriptor: int, records: Sequence[Record] = ()) -> None:
        self.path = path
        self._descriptor = descriptor
        latest = max(records, default=None, key=lambda record: record.number)
        self._number = latest.number if latest else 0
        self._latest = latest.slot if latest else None
        self._used = {record.slot.offset for record in records}

    @property
    def capacity(self) -> int:
        """Its size on the disk in bytes."""
        return os.fstat(self._descriptor).st_size

    @property
    def holds_record(self) -> bool:
        """Whether it holds a record that was not cleared."""
        return bool(self._used)

    @property
    def is_in_place(self) -> bool:
        """Whether its path still names it; the records of a removed file are lost."""
        with suppress(OSError):
            there, here = self.path.lstat(), os.fstat(self._descriptor)
            return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
        return False

    def write(self, data: bytes) -> None:
        """Write `data` durably as the latest record; raises OSError."""
        record = encoded(self._number + 1, data)
        slot = self._slot(len(record))
        rest = memoryview(record)
        while rest:
            rest = rest[os.pwrite(self._descriptor, rest, slot.offset + len(record) - len(rest)) :]
        os.fdatasync(self._descriptor)
        self._number, self._latest = self._number + 1, slot
        self._used.add(slot.offset)

    def _slot(self, length: int) -> Slot:
        """The slot for a record of `length` bytes; raises OSError if it is too long."""
        slot = slot_beside(self._latest, length)
        end = min(self.capacity, _file_limit())
        if length > end:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        if slot.offset + length > end:
            # Overwrites the latest record: a torn write loses both, but there is no other slot.
            return Slot(0, slot.size)
        return slot

    def read(self) -> bytes | None:
        """The latest intact record, or None."""
        return latest_text(records_of(self._descriptor))

    def clear(self) -> None:
        """Delete all records; raises OSError."""
        if self._used:
            for offset in sorted(self._used):
                os.pwrite(self._descriptor, CLEARED, offset)
            os.fdatasync(self._descriptor)
            self._used, self._latest = set(), None

    def close(self, *, remove: bool) -> None:
        """Close the journal, and delete its file if `remove`; idempotent."""
        if self._descriptor >= 0:
            if remove and self.is_in_place:
                with suppress(OSError):
                    safe_open.unlink(self.path)
            os.close(self._descriptor)
            self._descriptor = -1


def create(folder: Path, number: str, session: str, most: int = MOST) -> Journal:
    """Create a preallocated journal for a case of `folder`; raises CannotStore.

    `most`: its size in bytes if the disk has enough space.
    """
    place = folder / safe_open.OWN / FOLDER
    atomic.make_folders(place, folder)
    path = place / f"{number}.{session}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    try:
        descriptor = safe_open.open_file(path, flags, permissions.FILE_MODE)
    except OSError as error:
        raise atomic.refused(path, error) from error
    try:
        linux.lock(descriptor)
        _allocate(descriptor, most)
        # Some file systems need a new block when an allocated one is first written.
        os.pwrite(descriptor, b"\0" * min(LEAST, os.fstat(descriptor).st_size), 0)
        os.fsync(descriptor)
        with safe_open.opened(place) as above:
            os.fsync(above)
        return Journal(path, descriptor)
    except OSError as error:
        with suppress(OSError):
            safe_open.unlink(path)
        os.close(descriptor)
        raise atomic.refused(path, error) from error


def _allocate(descriptor: int, most: int) -> None:
    """Allocate `most` bytes, or as many as possible; raises OSError."""
    free = os.fstatvfs(descriptor)
    size = most
    while size > LEAST and size > free.f_bavail * free.f_frsize // _SHARE:
        size //= 2
    while True:
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError:
            os.ftruncate(descriptor, 0)
            if size <= PAGE:
                raise
            size //= 2
        else:
            return


def abandoned(folder: Path, number: str = "") -> Iterator[Journal]:
    """The journals of ended sessions, of all cases or of one; the caller must close each."""
    place = folder / safe_open.OWN / FOLDER
    try:
        names = safe_open.names(place)
    except OSError:
        return
    for name in names:
        match = _NAME.fullmatch(name)
        if match is not None and number in ("", match["number"]):
            journal = _open_abandoned(place / name, match)
            if journal is not None:
                yield journal


def number_of(path: Path) -> str:
    """The case number of a journal, from its file name."""
    match = _NAME.fullmatch(path.name)
    return match["number"] if match else ""


def _open_abandoned(path: Path, match: re.Match[str]) -> Journal | None:
    """Open the journal at `path`; None if a running session or another account owns it."""
    try:
        descriptor = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    with suppress(OSError):
        if linux.lock(descriptor) and _is_abandoned(path, descriptor, match):
            records = records_of(descriptor)
            # A journal created just now may not be locked yet.
            if records or not linux.is_young(os.fstat(descriptor)):
                return Journal(path, descriptor, records)
    os.close(descriptor)
    return None


def _is_abandoned(path: Path, descriptor: int, match: re.Match[str]) -> bool:
    """Whether the session of a journal that nobody else has locked has ended."""
    is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    # Without locks, only a process on this machine is known to have ended.
    return is_file and (linux.offers_locks(path.parent) or not may_be_running(match["session"]))


def _file_limit() -> int:
    """The maximum file size of this process (RLIMIT_FSIZE)."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit
