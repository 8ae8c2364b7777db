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
    """A descriptor of `folder`, to name files by; raises OSError where a part of it is a link.

    The folder of cases itself may be named through links, as its owner likes. What is below it
    may not: each part is opened by the one above, so that none can be swapped meanwhile.
    """
    above, below = parted(folder)
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
    """A descriptor of the file `path`, which is no link; raises OSError."""
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
    """What is in `folder`, in order; raises OSError."""
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


def parted(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """What may be reached through links, and the names from `.imr` on that may not."""
    if OWN not in folder.parts:
        return folder, ()
    at = len(folder.parts) - 1 - folder.parts[::-1].index(OWN)
    return Path(*folder.parts[:at]), folder.parts[at:]


def step(above: int, name: str) -> int:
    """A descriptor of the folder `name` in an open one; raises OSError, for a link, too."""
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
    except NotADirectoryError:
        if stat.S_ISLNK(os.lstat(name, dir_fd=above).st_mode):
            raise OSError(errno.ELOOP, f"the link {name} is not followed") from None
        raise


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
