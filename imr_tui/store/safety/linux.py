"""Linux file calls that Python does not wrap, and the kind of a file system."""

import ctypes
import errno
import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_EXCHANGE = 2
"""RENAME_EXCHANGE: both files change places (renameat2(2), Linux 3.15)."""
_SET_DUMPABLE = 4
_YOUNG_SECONDS = 5.0
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
"""How they say that somebody else has the lock."""
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""How systems and file systems say that they have no such call."""


def exchange(folder: int, one: str, other: str) -> bool:
    """Let two files of an open folder change places at once; False where that is not offered.

    Raises OSError.
    """
    try:
        call = _renameat2()
    except ImportError:
        # No descriptor is left to load it with; the next save may have one.
        return False
    if call is None:
        return False
    number = call(folder, os.fsencode(one), os.fsencode(other))
    if number == 0:
        return True
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number))


def forbid_dumps() -> None:
    """Let no core be dumped of this process, and no other process of its account read it.

    By prctl(2), PR_SET_DUMPABLE; root still may. Does nothing where there is no such call.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def is_young(status: os.stat_result, seconds: float = _YOUNG_SECONDS) -> bool:
    """Whether a file was touched so short a time ago that it may be in use without a lock."""
    return abs(time.time() - status.st_mtime) <= seconds


def attempt(descriptor: int) -> bool | None:
    """Try to lock an open file (flock(2)): True if that worked, False if another has the lock.

    None where the file system has no locks. It goes with the last copy of the descriptor, so a
    killed process leaves none.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def lock(descriptor: int) -> bool:
    """`attempt`, but True, too, where the file system has no locks: see `offers_locks`."""
    return attempt(descriptor) is not False


def is_locked(descriptor: int) -> bool:
    """Whether another process has the lock on an open file, which is closed."""
    try:
        return not lock(descriptor)
    finally:
        os.close(descriptor)


def offers_locks(folder: Path) -> bool:
    """Whether the file system of `folder` knows locks."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _HELD
    finally:
        os.close(descriptor)
    return True


@cache
def _renameat2() -> Callable[[int, bytes, bytes], int] | None:
    """The call, which returns the number of its error or 0; None where there is none."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None

    def exchanged(folder: int, one: bytes, other: bytes) -> int:
        failed = call(folder, one, folder, other, _EXCHANGE)
        return ctypes.get_errno() if failed else 0

    return exchanged


_REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "lustre"),
        *("glusterfs", "beegfs", "gpfs", "vboxsf", "prl_fs", "vmhgfs", "davfs", "ocfs2", "gfs2"),
    )
)
_MOUNTS = Path("/proc/self/mounts")


def kind_of(path: Path) -> str:
    """The type of the file system that `path` lies on."""
    here, best = path.resolve(), ("", "unknown")
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="backslashreplace")
    except OSError:
        return best[1]
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if here.is_relative_to(place) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


@cache
def is_remote(path: Path) -> bool:
    """Whether others may reach the file system of `path` whose locks are not seen here."""
    kind = kind_of(path)
    # Whatever a program serves may be such a one, as SSHFS is.
    return kind in _REMOTE or kind.startswith("fuse.")
