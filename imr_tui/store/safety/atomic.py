"""Atomic file writes: at every moment a file holds the old content or the new, never a part."""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.safety import linux, permissions, safe_open

TEMPORARY = ".tmp"
"""The suffix of new files that have not been renamed yet."""

Keep = Callable[[bytes], None]
"""Receives the bytes that a file held until it was replaced."""


def write(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, durably.

    The data is written to a new file beside it, synced, read back, and renamed over `path`; then
    the folder is synced. Raises CannotStore with the old file untouched, or with the new one in
    place if only the folder could not be synced.
    """
    with _as_cannot_store(path), _new_file(path, data) as (folder, temporary):
        _rename(folder, temporary, path.name)


def create(path: Path, data: bytes) -> bool:
    """Like `write`, but for a new file; False, with nothing changed, if `path` exists."""
    try:
        with _as_cannot_store(path), _new_file(path, data) as (folder, temporary):
            # Unlike a rename, a link never replaces an existing file.
            both = {"src_dir_fd": folder, "dst_dir_fd": folder}
            os.link(temporary, path.name, **both, follow_symlinks=False)
            os.unlink(temporary, dir_fd=folder)
            os.fsync(folder)
    except FileExistsError:
        return False
    return True


def swap(path: Path, data: bytes, keep: Keep) -> None:
    """Like `write`, but passes the replaced content to `keep` before it is deleted.

    Both files are exchanged in one system call, so that no text that another program writes
    meanwhile is lost. On file systems without that call, `keep` gets the content read just
    before. Raises CannotStore, and the exceptions of `keep`.
    """
    with (
        _as_cannot_store(path),
        _new_file(path, data) as (folder, temporary),
        _locked(folder, path.name),
    ):
        if not linux.exchange(folder, temporary, path.name):
            keep(_content(folder, path.name))
            _rename(folder, temporary, path.name)
            return
        if not stat.S_ISREG(os.lstat(temporary, dir_fd=folder).st_mode):
            linux.exchange(folder, temporary, path.name)
            raise OSError("it is no longer a regular file")
        os.fsync(folder)
        keep(_content(folder, temporary))


def make_folder(path: Path) -> None:
    """Create the folder `path` unless it exists; raises CannotStore, also if it is a link.

    Only its owner may access it; below `.imr` also the group, if the site allows that.
    """
    try:
        with safe_open.opened(path.parent) as above:
            try:
                os.mkdir(path.name, permissions.FOLDER_MODE, dir_fd=above)
            except FileExistsError as error:
                _require_folder(above, path.name, error)
            if safe_open.OWN in path.parts and permissions.is_shared():
                # An existing folder may predate group access.
                _settle_folder(above, path.name, permissions.folder_mode(path))
    except OSError as error:
        raise CannotStore(f"The folder {path} could not be created: {reason(error)}.") from error


def make_folders(path: Path, above: Path) -> None:
    """Create `path` and the folders between it and `above`; raises CannotStore."""
    folder = above
    for name in path.relative_to(above).parts:
        folder = folder / name
        make_folder(folder)


def refused(path: Path, error: OSError) -> CannotStore:
    """The CannotStore error for a file that could not be written."""
    return CannotStore(f"{path} could not be written: {reason(error)}.")


def reason(error: OSError) -> str:
    """The system's error message, without the path."""
    says = error.strerror or str(error) or type(error).__name__
    return says[:1].lower() + says[1:]


@contextmanager
def _as_cannot_store(path: Path) -> Iterator[None]:
    """Convert OSError to CannotStore, except for FileExistsError."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(path, error) from error


@contextmanager
def _new_file(path: Path, data: bytes) -> Iterator[tuple[int, str]]:
    """Write `data` to a new file beside `path` and verify it.

    Yields the open folder and the name of the file, which is deleted unless it was renamed.
    """
    with safe_open.opened(path.parent) as folder:
        descriptor, name = open_temporary(folder, path)
        try:
            try:
                write_whole(descriptor, data)
                os.fsync(descriptor)
                verify(descriptor, data)
            finally:
                os.close(descriptor)
            yield folder, name
        finally:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def open_temporary(folder: int, path: Path) -> tuple[int, str]:
    """Create a locked temporary file for `path` in its open folder; returns it and its name."""
    name = f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}{TEMPORARY}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, permissions.FILE_MODE, dir_fd=folder)
    try:
        permissions.settle(descriptor, permissions.file_mode(path, folder), folder)
        # The lock tells a cleanup that the file is in use.
        linux.lock(descriptor)
    except BaseException:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
        raise
    return descriptor, name


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of `data` to an open file; raises OSError."""
    rest = memoryview(data)
    while rest:
        # A full disk may take only a part without an error.
        rest = rest[os.write(descriptor, rest) :]


def verify(descriptor: int, data: bytes) -> None:
    """Raise OSError unless an open file holds exactly `data`."""
    if os.fstat(descriptor).st_size != len(data):
        raise OSError("only a part of it was written")
    os.lseek(descriptor, 0, os.SEEK_SET)
    if _read(descriptor, len(data) + 1) != data:
        raise OSError("reading it back gave different data")


def _rename(folder: int, temporary: str, name: str) -> None:
    new = os.lstat(temporary, dir_fd=folder).st_ino
    try:
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        # A file server may have renamed it although its answer was lost.
        if _inode(folder, name) != new:
            raise
    os.fsync(folder)


def _inode(folder: int, name: str) -> int | None:
    try:
        return os.lstat(name, dir_fd=folder).st_ino
    except FileNotFoundError:
        return None


def _require_folder(above: int, name: str, error: OSError) -> None:
    try:
        os.close(safe_open.step(above, name))
    except NotADirectoryError:
        raise error from None


def _settle_folder(above: int, name: str, mode: int) -> None:
    descriptor = safe_open.step(above, name)
    try:
        permissions.settle(descriptor, mode, above)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: int, name: str) -> Iterator[None]:
    """Lock a file while it is replaced: under its temporary name it looks like an orphan."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = -1
    try:
        # It may be gone, or a link; replacing it tells so.
        with suppress(OSError):
            descriptor = os.open(name, flags, dir_fd=folder)
            linux.lock(descriptor)
        yield
    finally:
        if descriptor != -1:
            os.close(descriptor)


def _content(folder: int, name: str) -> bytes:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(name, flags, dir_fd=folder)
    try:
        return _read(descriptor, os.fstat(descriptor).st_size + 1)
    finally:
        os.close(descriptor)


def _read(descriptor: int, size: int) -> bytes:
    return b"".join(iter(lambda: os.read(descriptor, size), b""))
