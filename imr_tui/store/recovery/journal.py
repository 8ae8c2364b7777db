"""The journal of a session: room on the disk, taken beforehand, for what the case file refuses.

A record is written in place, into blocks that belong to the file already, so it needs no room
where the disk is full, and no new file. The latest record is never written over: the next one
goes to the lowest place beside it, so that one that is torn leaves the one before it whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import resource
import stat
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from imr_tui.store.locking import sessions
from imr_tui.store.safety import atomic, linux, permissions, safe_open
from imr_tui.store.safety.safe_open import MAX_BYTES

FOLDER = "journal"
"""Where under `.imr` the journals are."""
PAGE = 4_096
"""Where a record may begin."""
LEAST = 1 << 20
"""A smaller journal is made only where the disk has no room for this one."""
_HEAD = struct.Struct(">8sQQ32s")
"""The magic, the number of the record, the length of its data, and the digest of these three."""
_MAGIC = b"imrjrnl1"
_CLEARED = b"\0" * _HEAD.size
_SHARE = 2
"""A journal takes at most one part in so many of the room that is free."""
_MOST_TEXT = 2 * MAX_BYTES
_NAME = re.compile(r"(?P<number>.+)\.(?P<session>[0-9a-f]{8}\.\d+-[0-9a-f]{8})", re.ASCII)


def extent(length: int) -> int:
    """The room that a record of so many bytes takes: a power of two."""
    return max(PAGE, 1 << (length - 1).bit_length())


def place_beside(latest: Place | None, length: int) -> Place:
    """The lowest place for a record of so many bytes that the latest one does not touch."""
    size = extent(length)
    if latest is None or latest.offset >= size:
        return Place(0, size)
    return Place(max(size, latest.offset + latest.size), size)


MOST = 2 * extent(MAX_BYTES + PAGE)
"""Holds two records of a case at the limits, even if nothing of it can be compressed."""


class Place(NamedTuple):
    """A part of a journal that belongs to one record."""

    offset: int
    """Where it begins."""
    size: int
    """How many bytes it has."""


class _Record(NamedTuple):
    number: int
    place: Place
    packed: bytes


class Journal:
    """An open journal, locked for as long as its session lives."""

    def __init__(self, path: Path, descriptor: int, records: Sequence[_Record] = ()) -> None:
        self.path = path
        self._descriptor = descriptor
        latest = max(records, default=None, key=lambda record: record.number)
        self._number = latest.number if latest else 0
        self._latest = latest.place if latest else None
        self._used = {record.place.offset for record in records}

    @property
    def capacity(self) -> int:
        """How many bytes it has on the disk."""
        return os.fstat(self._descriptor).st_size

    @property
    def holds_record(self) -> bool:
        """Whether anything was written to it that was not cleared."""
        return bool(self._used)

    @property
    def is_in_place(self) -> bool:
        """Whether its path leads to it: what is in a file that was removed is lost with it."""
        with suppress(OSError):
            there, here = self.path.lstat(), os.fstat(self._descriptor)
            return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
        return False

    def write(self, data: bytes) -> None:
        """Make `data` the latest record, on the disk when this returns; raises OSError."""
        packed = zlib.compress(data, 1)
        record = _head(self._number + 1, packed) + packed
        place = self._place(len(record))
        rest = memoryview(record)
        while rest:
            rest = rest[os.pwrite(self._descriptor, rest, place.offset + len(record) - len(rest)) :]
        os.fdatasync(self._descriptor)
        self._number, self._latest = self._number + 1, place
        self._used.add(place.offset)

    def _place(self, length: int) -> Place:
        """Where a record of so many bytes goes; raises OSError if it is too long."""
        place = place_beside(self._latest, length)
        end = min(self.capacity, _file_limit())
        if length > end:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        if place.offset + length > end:
            # Over the latest one, which may tear both. Without this the new one is lost for sure.
            return Place(0, place.size)
        return place

    def read(self) -> bytes | None:
        """The latest record that is whole, or None."""
        return _latest(_records(self._descriptor))

    def clear(self) -> None:
        """Have no record any more; raises OSError."""
        if self._used:
            for offset in sorted(self._used):
                os.pwrite(self._descriptor, _CLEARED, offset)
            os.fdatasync(self._descriptor)
            self._used, self._latest = set(), None

    def close(self, *, remove: bool) -> None:
        """Let it go, and leave nothing of it if so asked; harmless the second time."""
        if self._descriptor >= 0:
            if remove and self.is_in_place:
                with suppress(OSError):
                    safe_open.unlink(self.path)
            os.close(self._descriptor)
            self._descriptor = -1


def create(folder: Path, number: str, session: str, most: int = MOST) -> Journal:
    """A new journal for a case of `folder`, with all its room taken; raises CannotStore.

    `most`: how many bytes it takes where the disk has them.
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
        _take_room(descriptor, most)
        # Some systems need a new block for blocks that are written for the first time.
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


def _take_room(descriptor: int, most: int) -> None:
    """Take `most` bytes, or as many as there are; raises OSError."""
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
    """The journals, of all cases or of one, whose sessions have ended; each is to be closed."""
    place = folder / safe_open.OWN / FOLDER
    try:
        names = safe_open.names(place)
    except OSError:
        return
    for name in names:
        match = _NAME.fullmatch(name)
        if match is not None and number in ("", match["number"]):
            journal = _taken(place / name, match)
            if journal is not None:
                yield journal


def number_of(path: Path) -> str:
    """The case that a journal is for, by its name."""
    match = _NAME.fullmatch(path.name)
    return match["number"] if match else ""


def _taken(path: Path, match: re.Match[str]) -> Journal | None:
    """The journal at `path`, unless a living session has it or it is another account's."""
    try:
        descriptor = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    with suppress(OSError):
        if linux.lock(descriptor) and _is_abandoned(path, descriptor, match):
            records = _records(descriptor)
            # One that was made this moment may not be locked yet.
            if records or not linux.is_young(os.fstat(descriptor)):
                return Journal(path, descriptor, records)
    os.close(descriptor)
    return None


def _is_abandoned(path: Path, descriptor: int, match: re.Match[str]) -> bool:
    """Whether the session of a journal that nobody else has locked is over."""
    is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    # Without locks only a process of this machine is known to be gone.
    return is_file and (linux.offers_locks(path.parent) or not sessions.may_live(match["session"]))


def _file_limit() -> int:
    """How large a file of this process may be (RLIMIT_FSIZE)."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit


def _head(number: int, packed: bytes) -> bytes:
    check = hashlib.sha256(_MAGIC + struct.pack(">QQ", number, len(packed)) + packed).digest()
    return _HEAD.pack(_MAGIC, number, len(packed), check)


def _records(descriptor: int) -> list[_Record]:
    """The records that are whole."""
    size = os.fstat(descriptor).st_size
    found = []
    for offset in range(0, size, PAGE):
        head = os.pread(descriptor, _HEAD.size, offset)
        if not head.startswith(_MAGIC):
            continue
        _, number, length, _ = _HEAD.unpack(head)
        packed = os.pread(descriptor, min(length, size), offset + _HEAD.size)
        if head == _head(number, packed):
            place = Place(offset, extent(_HEAD.size + length))
            found.append(_Record(number, place, packed))
    return found


def _latest(records: Sequence[_Record]) -> bytes | None:
    latest = max(records, default=None, key=lambda record: record.number)
    return None if latest is None else zlib.decompressobj().decompress(latest.packed, _MOST_TEXT)
