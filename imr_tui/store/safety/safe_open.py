"""Opens and reads files of a folder of cases without following links."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic

OWN = ".imr"
"""The program's own folder in a folder of cases."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    """Open `folder` for use as `dir_fd`; raises OSError if a part from `.imr` on is a link.

    The path of the folder of cases itself may contain links. From `.imr` on, each part is opened
    relative to the one above, so that none can be swapped meanwhile.
    """
    above, below = split_path(folder)
    descriptor = os.open(above, _FOLDER)
    try:
        for name in below:
            inner = step(descriptor, name)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def open_file(path: Path, flags: int, mode: int = 0) -> int:
    """Open the file `path`; raises OSError, also if it is a link."""
    flags |= os.O_NOFOLLOW | os.O_CLOEXEC
    if OWN not in path.parts:
        return os.open(path, flags, mode)
    with opened(path.parent) as folder:
        return os.open(path.name, flags, mode, dir_fd=folder)


def unlink(path: Path) -> None:
    """Remove the file `path`; raises OSError."""
    with opened(path.parent) as folder:
        os.unlink(path.name, dir_fd=folder)


def names(folder: Path) -> list[str]:
    """The names in `folder`, sorted; raises OSError."""
    with opened(folder) as descriptor, os.scandir(descriptor) as entries:
        return sorted(entry.name for entry in entries)


def links(folder: Path) -> Iterator[Path]:
    """The links in the `.imr` of `folder`, and `.imr` itself if it is one."""
    own = folder / OWN
    if own.is_symlink():
        yield own
        return
    for top, folders, files in os.walk(own):
        yield from (path for name in (*folders, *files) if (path := Path(top, name)).is_symlink())


def split_path(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Split a path into the part that may contain links, and the names from `.imr` on."""
    if OWN not in folder.parts:
        return folder, ()
    at = len(folder.parts) - 1 - folder.parts[::-1].index(OWN)
    return Path(*folder.parts[:at]), folder.parts[at:]


def step(above: int, name: str) -> int:
    """Open the folder `name` in an open folder; raises OSError, also if it is a link."""
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
    except NotADirectoryError:
        if stat.S_ISLNK(os.lstat(name, dir_fd=above).st_mode):
            raise OSError(errno.ELOOP, f"the link {name} is not followed") from None
        raise


SUFFIX = ".toml"
"""The suffix of case files."""
MAX_BYTES = 16_000_000
"""Larger files are not read."""


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a regular file of up to `most` bytes; links, folders and pipes raise CannotStore."""
    try:
        descriptor = open_file(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise CannotStore(f"{path} is not a regular file, so it was not opened.")
            data = b""
            # It may grow while it is read.
            while len(data) <= most and (more := os.read(descriptor, most + 1)):
                data += more
            if len(data) > most:
                raise CannotStore(f"{path} is larger than {most:,} bytes, so it was not read.")
            return data
        finally:
            os.close(descriptor)
    except ValueError as error:
        raise CannotStore(f"{path} is not a valid file name.") from error
    except OSError as error:
        # Decided by the error, because lstat may be refused as well.
        is_link = error.strerror == os.strerror(errno.ELOOP)
        why = "it is a link" if is_link else atomic.reason(error)
        raise CannotStore(f"{path} could not be read: {why}.") from error
