"""The locked files of the claims: opened, locked, and filled with their holder."""

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.locking.holder import Held, read_holder
from imr_tui.store.safety import atomic, linux, permissions, safe_open
from imr_tui.store.safety.linux import is_remote

_TRIES = 3
_RETRY_SECONDS = 0.005
"""How often and after how long a lock is retried, as another session may only be testing it."""


def locked(path: Path, number: str) -> tuple[int, bool]:
    """Open and lock a file; returns its descriptor, and whether locks work on it.

    Raises Held if another process has locked it, CannotStore.
    """
    descriptor = _open(path)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(descriptor)
        raise CannotStore(f"{path} is not a file of imr-tui. Remove it.")
    ours = try_lock(path, descriptor)
    for _ in range(_TRIES):
        if ours is not False:
            break
        # A session that only tests the lock holds it for a moment.
        time.sleep(_RETRY_SECONDS)
        ours = try_lock(path, descriptor)
    if ours is False:
        os.close(descriptor)
        raise Held(number, read_holder(path))
    return descriptor, bool(ours)


def try_lock(path: Path, descriptor: int) -> bool | None:
    """Like `linux.try_lock`, but None also if other sessions may not see the lock."""
    ours = linux.try_lock(descriptor)
    if not ours:
        return ours
    if is_remote(path.parent):
        return None
    try:
        again = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        return True if linux.try_lock(again) is False else None
    finally:
        os.close(again)


def fill(descriptor: int, data: bytes) -> None:
    """Write who holds the lock into its file."""
    with suppress(OSError):
        # Only for people to read: the claim holds without it.
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, data, 0)


def _open(path: Path) -> int:
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_NONBLOCK
        with safe_open.opened(path.parent) as folder:
            descriptor = safe_open.open_file(path, flags, permissions.FILE_MODE)
            permissions.settle(descriptor, permissions.file_mode(path, folder), folder)
            return descriptor
    except OSError as error:
        raise atomic.refused(path, error) from error
