"""Reads the files of the audit log, one for each year: `.imr/log/2026.jsonl`."""

from __future__ import annotations

import os
import re
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.signing.event_chain import Line
from imr_tui.signing.events import MAX_LINE_BYTES
from imr_tui.store.safety import atomic, safe_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

FOLDER = "log"
"""The folder under `.imr`."""
_NAME = re.compile(r"\d{4}\.jsonl", re.ASCII)
_BLOCK = 65_536


def log_folder(folder: Path) -> Path:
    """Where the log of a folder of cases is; it may not exist yet."""
    return folder / safe_open.OWN / FOLDER


def year_files(folder: Path) -> list[Path]:
    """The files of the log of a folder of cases, oldest first; raises CannotStore."""
    log = log_folder(folder)
    try:
        return [log / name for name in safe_open.names(log) if _NAME.fullmatch(name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(log, error) from error


def lines(folder: Path) -> Iterator[Line]:
    """All lines of the log, oldest first; raises CannotStore.

    The last line of a file may be incomplete, and a line that is too long comes in parts.
    """
    for path in year_files(folder):
        with _opened(path) as file:
            number = 0
            while data := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                yield Line(path.name, number, data.removesuffix(b"\n"), data.endswith(b"\n"))


def newest_lines(folder: Path) -> Iterator[Line]:
    """The complete lines, newest first; their numbers count from the end.

    Raises CannotStore, also for a line that is longer than any event.
    """
    for path in reversed(year_files(folder)):
        with _opened(path) as file:
            for number, data in enumerate(_backwards(path, file), 1):
                yield Line(path.name, number, data)


def _backwards(path: Path, file: BinaryIO) -> Iterator[bytes]:
    """The complete lines of a file, the last one first."""
    end = file.seek(0, os.SEEK_END)
    rest, is_incomplete = b"", True
    while end > 0:
        size = min(_BLOCK, end)
        end = file.seek(end - size)
        rest, *whole = (file.read(size) + rest).split(b"\n")
        if whole and is_incomplete:
            # What follows the last line break.
            whole.pop()
            is_incomplete = False
        yield from reversed(whole)
        require_short(path, rest)
    if not is_incomplete:
        yield rest


def require_short(path: Path, line: bytes) -> None:
    """Raise CannotStore for a line that is longer than any event."""
    if len(line) > MAX_LINE_BYTES:
        raise CannotStore(
            f"{path} is not an audit log: it has a line of more than {MAX_LINE_BYTES:,} bytes. "
            "It was not changed. Restore the file from a backup."
        )


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; raises CannotStore, also unless it is a regular file."""
    with ExitStack() as resources:
        try:
            descriptor = safe_open.open_file(path, os.O_RDONLY | os.O_NONBLOCK)
            file = os.fdopen(descriptor, "rb")
            resources.callback(_close, file)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise CannotStore(f"{path} is not a regular file, so it was not read.")
            yield file
        except OSError as error:
            raise _unreadable(path, error) from error


def _close(file: BinaryIO) -> None:
    """Close a file that was only read, so that an error loses nothing.

    Python would print a traceback for one if nobody had read to the end of the lines.
    """
    with suppress(OSError):
        file.close()


def _unreadable(path: Path, error: OSError) -> CannotStore:
    return CannotStore(f"{path} could not be read: {atomic.reason(error)}.")
