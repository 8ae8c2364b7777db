"""Adds lines to a file of the audit log, durably and never in part."""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.signing.events import MAX_LINE_BYTES
from imr_tui.store.audit.log_files import require_short
from imr_tui.store.safety import atomic, linux, permissions, safe_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOCK = "lock"
"""The file in the folder of the log that is locked while an event is added."""
WAIT_SECONDS = 3.0
"""How long another session may take to add its event."""
_RETRY_SECONDS = 0.001


@contextmanager
def locked(log: Path) -> Iterator[None]:
    """Keep other sessions from adding events; raises CannotStore if one does not finish."""
    descriptor = open_own_file(log / LOCK, os.O_RDWR)
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not linux.lock(descriptor):
            if time.monotonic() > until:
                raise CannotStore(f"{log} is in use by another session. Try again in a minute.")
            time.sleep(_RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


def add_lines(path: Path, lines: Sequence[bytes]) -> None:
    """Add `lines`, and sync them; raises CannotStore with the complete lines as they were.

    An incomplete last line, which a power failure left, is removed before: nobody was told
    that its event is recorded.
    """
    is_new, data = not os.path.lexists(path), b"".join(line + b"\n" for line in lines)
    descriptor = open_own_file(path, os.O_RDWR | os.O_APPEND)
    try:
        size = _drop_incomplete(path, descriptor)
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
            _verify(descriptor, size, data)
            if is_new:
                _sync_folder(path.parent)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    except OSError as error:
        raise atomic.refused(path, error) from error
    finally:
        os.close(descriptor)


def _drop_incomplete(path: Path, descriptor: int) -> int:
    """Remove what follows the last line break; the size of the file then."""
    size = os.fstat(descriptor).st_size
    start = max(size - MAX_LINE_BYTES - 1, 0)
    tail = os.pread(descriptor, size - start, start)
    incomplete = tail[tail.rfind(b"\n") + 1 :]
    require_short(path, incomplete)
    if incomplete:
        size -= len(incomplete)
        os.ftruncate(descriptor, size)
    return size


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        # A full disk may take only a part without an error.
        rest = rest[os.write(descriptor, rest) :]


def _verify(descriptor: int, start: int, data: bytes) -> None:
    if os.pread(descriptor, len(data) + 1, start) != data:
        raise OSError("reading it back gave different data")


def open_own_file(path: Path, flags: int) -> int:
    """Open a file under `.imr`, or create it; raises CannotStore unless it is a file of ours."""
    try:
        with safe_open.opened(path.parent) as folder:
            descriptor = safe_open.open_file(
                path, flags | os.O_CREAT | os.O_NONBLOCK, permissions.FILE_MODE
            )
            permissions.settle(descriptor, permissions.file_mode(path, folder), folder)
    except OSError as error:
        raise atomic.refused(path, error) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(descriptor)
        raise CannotStore(f"{path} is not a file of imr-tui. Move it out of this folder.")
    return descriptor


def _sync_folder(log: Path) -> None:
    with safe_open.opened(log) as folder:
        os.fsync(folder)
