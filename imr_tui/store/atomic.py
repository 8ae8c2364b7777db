"""Writing a file so that it is whole at every moment: the old text or the new, never a part."""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store import system

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMPORARY = ".tmp"
"""How the name of a file ends that was not put in its place yet."""

Keep = Callable[[bytes], None]
"""Takes the bytes that a file held until it was replaced."""


def write(path: Path, data: bytes) -> None:
    """Replace `path` by `data`; when this returns, the disk holds it.

    A new file beside it takes all of the data, is synced, read back, and renamed over `path`;
    then the folder is synced. Raises CannotStore, with the old file untouched (or, if only the
    folder could not be synced, with the new one in its place).
    """
    with _told(path), _new_file(path, data) as temporary:
        _rename(temporary, path)


def create(path: Path, data: bytes) -> bool:
    """`write` a file that is not there yet; False, with nothing changed, if it is."""
    try:
        with _told(path), _new_file(path, data) as temporary:
            # Unlike a rename, a link does not take the place of what is there.
            path.hardlink_to(temporary)
            temporary.unlink()
            _sync_folder(path.parent)
    except FileExistsError:
        return False
    return True


def swap(path: Path, data: bytes, keep: Keep) -> None:
    """`write` over a file; what it held up to that very moment goes to `keep` before it is gone.

    Both change places in one call, so that no other program's text can fall between a look
    at the file and its replacement. Where the file system has no such call, `keep` gets what
    was there just before. Raises CannotStore, and what `keep` raises.
    """
    with _told(path), _new_file(path, data) as temporary:
        if not system.exchange(temporary, path):
            keep(_content(path))
            _rename(temporary, path)
            return
        if not stat.S_ISREG(temporary.lstat().st_mode):
            system.exchange(temporary, path)
            raise OSError("it is not a regular file any more")
        _sync_folder(path.parent)
        keep(_content(temporary))


def make_folder(path: Path) -> None:
    """Make the folder `path`, for its owner only, unless it is there; raises CannotStore."""
    try:
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise CannotStore(f"The folder {path} could not be made: {reason(error)}.") from error


def make_folders(path: Path, above: Path) -> None:
    """Make `path` and the folders between it and `above`; raises CannotStore."""
    for folder in reversed([path, *path.relative_to(above).parents][:-1]):
        make_folder(above / folder)


def refused(path: Path, error: OSError) -> CannotStore:
    """The sentence for a file that the system does not let be written."""
    return CannotStore(f"{path} could not be written: {reason(error)}.")


def reason(error: OSError) -> str:
    """Why the system refused, in its own words, without the path."""
    return (error.strerror or str(error) or type(error).__name__).lower()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the refusals of the system into a sentence, but for a file that is there already."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(path, error) from error


@contextmanager
def _new_file(path: Path, data: bytes) -> Iterator[Path]:
    """A file beside `path` that holds `data` for certain; gone afterwards unless it was moved."""
    name = f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}{TEMPORARY}"
    temporary = path.with_name(name)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, FILE_MODE)
    try:
        try:
            # Says to those who clean up that somebody is at work here.
            system.lock(descriptor)
            _write_all(descriptor, data)
            os.fsync(descriptor)
            _verify(descriptor, data)
        finally:
            os.close(descriptor)
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        # A full disk may take a part and say nothing, so what was taken counts.
        rest = rest[os.write(descriptor, rest) :]


def _verify(descriptor: int, data: bytes) -> None:
    if os.fstat(descriptor).st_size != len(data):
        raise OSError("the disk took only a part of it")
    os.lseek(descriptor, 0, os.SEEK_SET)
    if _read(descriptor, len(data) + 1) != data:
        raise OSError("the disk gives back something else")


def _rename(temporary: Path, path: Path) -> None:
    new = temporary.stat().st_ino
    try:
        temporary.rename(path)
    except OSError:
        # A server may have done it, and lost its answer on the way.
        if not path.exists() or path.lstat().st_ino != new:
            raise
    _sync_folder(path.parent)


def _content(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        return _read(descriptor, os.fstat(descriptor).st_size + 1)
    finally:
        os.close(descriptor)


def _read(descriptor: int, size: int) -> bytes:
    return b"".join(iter(lambda: os.read(descriptor, size), b""))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
