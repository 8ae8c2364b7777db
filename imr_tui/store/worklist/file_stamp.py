"""By what a case file is known again without opening it, and when that cannot be relied on."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imr_tui.store.worklist.case_files import Status

RACY_NS = 2_000_000_000
"""A file modified less than this before it was read may have changed within one timestamp tick;
two seconds is the coarsest resolution of a file system."""


class Sign(NamedTuple):
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

    def vouches_for(self, status: Status) -> bool:
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


def sign_of(status: os.stat_result, read_ns: int, data: bytes) -> Sign:
    """The stamp of a file that had `status` when `data` was read from it, at `read_ns`."""
    return Sign(
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
