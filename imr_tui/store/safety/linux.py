"""Linux file calls that Python does not wrap, and the type of a file system."""

import ctypes
import errno
import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_NO_REPLACE, _EXCHANGE = 1, 2
"""RENAME_NOREPLACE and RENAME_EXCHANGE of renameat2(2), since Linux 3.15."""
_SET_DUMPABLE = 4
_YOUNG_SECONDS = 5.0
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
"""Error numbers if another process has the lock."""
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""Error numbers if the system or file system does not have the call."""


def exchange(folder: int, one: str, other: str) -> bool:
    """Exchange two files of an open folder atomically; False if unsupported. Raises OSError."""
    return _rename(folder, one, other, _EXCHANGE)


def rename_new(folder: int, one: str, other: str) -> bool:
    """Rename a file of an open folder to a name that must be free; False if unsupported.

    Raises OSError, which is FileExistsError if the name is taken.
    """
    return _rename(folder, one, other, _NO_REPLACE)


def _rename(folder: int, one: str, other: str, flags: int) -> bool:
    try:
        call = _renameat2()
    except ImportError:
        # No descriptor is free to load ctypes; the next save may have one.
        return False
    if call is None:
        return False
    number = call(folder, os.fsencode(one), os.fsencode(other), flags)
    if number == 0:
        return True
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number))


def forbid_dumps() -> None:
    """Forbid core dumps of this process, and other processes of its account to read it.

    Uses PR_SET_DUMPABLE of prctl(2), which does not bind root. Does nothing without that call.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def is_young(status: os.stat_result, seconds: float = _YOUNG_SECONDS) -> bool:
    """Whether a file was modified so recently that it may be in use but not locked yet."""
    return abs(time.time() - status.st_mtime) <= seconds


def try_lock(descriptor: int) -> bool | None:
    """Try to lock an open file (flock(2)): True if it worked, False if another has the lock.

    None if the file system has no locks. A lock ends with the last copy of the descriptor, so a
    killed process leaves none.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def lock(descriptor: int) -> bool:
    """Like `try_lock`, but True also if the file system has no locks; see `offers_locks`."""
    return try_lock(descriptor) is not False


def is_locked(descriptor: int) -> bool:
    """Whether another process has locked an open file; closes the file."""
    try:
        return not lock(descriptor)
    finally:
        os.close(descriptor)


def offers_locks(folder: Path) -> bool:
    """Whether the file system of `folder` supports locks."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _HELD
    finally:
        os.close(descriptor)
    return True


@cache
def _renameat2() -> Callable[[int, bytes, bytes, int], int] | None:
    """The call, which returns 0 or an error number; None if libc does not have it."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None

    def renamed(folder: int, one: bytes, other: bytes, flags: int) -> int:
        failed = call(folder, one, folder, other, flags)
        return ctypes.get_errno() if failed else 0

    return renamed


_REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "lustre"),
        *("glusterfs", "beegfs", "gpfs", "vboxsf", "prl_fs", "vmhgfs", "davfs", "ocfs2", "gfs2"),
    )
)
_MOUNTS = Path("/proc/self/mounts")


def kind_of(path: Path) -> str:
    """The type of the file system of `path`."""
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
    """Whether other machines may use the file system of `path`, with locks not seen here."""
    kind = kind_of(path)
    # Any FUSE file system may be remote, as SSHFS is.
    return kind in _REMOTE or kind.startswith("fuse.")
