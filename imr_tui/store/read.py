"""Reading the bytes of a file, and only of what is a file."""

import errno
import os
import stat
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store import atomic

SUFFIX = ".toml"
"""How the files of cases end."""
MAX_BYTES = 16_000_000
"""A larger file is refused unread."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file; links, folders, pipes and huge files raise CannotStore."""
    try:
        descriptor = open_file(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CannotStore(f"{path} is not a regular file, so it was not opened.")
            if status.st_size > MAX_BYTES:
                raise CannotStore(f"{path} is larger than {MAX_BYTES:,} bytes; it was not read.")
            return b"".join(iter(lambda: os.read(descriptor, MAX_BYTES), b""))
        finally:
            os.close(descriptor)
    except ValueError as error:
        raise CannotStore(f"{path} is no name of a file.") from error
    except OSError as error:
        # Not by looking at it again: what cannot be opened may not be looked at either.
        is_link = error.strerror == os.strerror(errno.ELOOP)
        why = "it is a link" if is_link else atomic.reason(error)
        raise CannotStore(f"{path} could not be read: {why}.") from error
