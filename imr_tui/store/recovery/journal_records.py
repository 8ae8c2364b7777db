"""The records of a journal: their slots, and their bytes on the disk."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imr_tui.store.safety.safe_open import MAX_BYTES

PAGE = 4_096
"""The alignment of records."""
_HEAD = struct.Struct(">8sQQ32s")
"""A record's magic, number, data length, and digest of these and the data."""
_MAGIC = b"imrjrnl1"
CLEARED = b"\0" * _HEAD.size
"""What a record is overwritten with."""
_MOST_TEXT = 2 * MAX_BYTES


def extent(length: int) -> int:
    """The slot size for a record of `length` bytes: a power of two."""
    return max(PAGE, 1 << (length - 1).bit_length())


def slot_beside(latest: Slot | None, length: int) -> Slot:
    """The lowest slot for `length` bytes that does not overlap the latest record.

    As slots are powers of two in size, it starts at 0 or at a power of two.
    """
    size = extent(length)
    if latest is None or latest.offset >= size:
        return Slot(0, size)
    return Slot(max(size, latest.offset + latest.size), size)


class Slot(NamedTuple):
    """The part of a journal that belongs to one record."""

    offset: int
    """Its start in bytes."""
    size: int
    """Its size in bytes."""


class Record(NamedTuple):
    """A record as it is on the disk."""

    number: int
    """Its number; the latest record has the highest one."""
    slot: Slot
    """Its slot."""
    packed: bytes
    """Its compressed data."""


def encoded(number: int, data: bytes) -> bytes:
    """The bytes of a record of `data`."""
    packed = zlib.compress(data, 1)
    return _head(number, packed) + packed


def _head(number: int, packed: bytes) -> bytes:
    check = hashlib.sha256(_MAGIC + struct.pack(">QQ", number, len(packed)) + packed).digest()
    return _HEAD.pack(_MAGIC, number, len(packed), check)


def records_of(descriptor: int) -> list[Record]:
    """All intact records of an open journal."""
    size = os.fstat(descriptor).st_size
    found = []
    for offset in _offsets(size):
        head = os.pread(descriptor, _HEAD.size, offset)
        if not head.startswith(_MAGIC):
            continue
        _, number, length, _ = _HEAD.unpack(head)
        packed = os.pread(descriptor, min(length, size), offset + _HEAD.size)
        if head == _head(number, packed):
            slot = Slot(offset, extent(_HEAD.size + length))
            found.append(Record(number, slot, packed))
    return found


def _offsets(size: int) -> Iterator[int]:
    """Where records may start in a journal of `size` bytes: 0 and the powers of two from PAGE."""
    offset = 0
    while offset < size:
        yield offset
        offset = max(PAGE, offset * 2)


def latest_text(records: Sequence[Record]) -> bytes | None:
    """The data of the latest record, or None."""
    latest = max(records, default=None, key=lambda record: record.number)
    return None if latest is None else zlib.decompressobj().decompress(latest.packed, _MOST_TEXT)
