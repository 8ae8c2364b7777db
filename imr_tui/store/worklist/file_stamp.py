"""By what a case file is known again without opening it, and when that cannot be relied on."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imr_tui.store.worklist.case_files import Status

RACY_NS = 2_000_000_000
"""A file that was younger than this when it was read may have changed within a tick of its clock:
two seconds are the coarsest that file systems count in."""


class Sign(NamedTuple):
    """What the system said of a file just before it was read, and what was in it."""

    inode: int
    """Which file it was."""
    size: int
    """Its length in bytes."""
    mtime_ns: int
    """When its content was changed, as far as it says."""
    ctime_ns: int
    """When anything about it was changed, which nobody can set."""
    read_ns: int
    """When it was read."""
    digest: bytes
    """The hash of what was in it."""

    def vouches_for(self, status: Status) -> bool:
        """Whether a file of this status must still hold what was read."""
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
        """Whether the file had been left alone for long enough when it was read."""
        return max(self.mtime_ns, self.ctime_ns) < self.read_ns - RACY_NS


def sign_of(status: os.stat_result, read_ns: int, data: bytes) -> Sign:
    """The sign of a file that had `status` when, at `read_ns`, `data` was read from it."""
    return Sign(
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        read_ns,
        digest_of(data),
    )


def digest_of(data: bytes) -> bytes:
    """The hash by which a content is known again."""
    return hashlib.sha256(data).digest()
