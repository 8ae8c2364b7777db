"""Writing a file so that it is whole at every moment: the old text or the new, never a part."""

import os
import secrets
from pathlib import Path

from imr_tui.errors import CannotStore

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def write(path: Path, data: bytes) -> None:
    """Replace `path` by `data`; when this returns, the disk holds it.

    A new file beside it takes all of the data, is synced, checked for length, and renamed over
    `path`; then the folder is synced. Raises CannotStore, with the old file untouched (or, if
    only the folder could not be synced, with the new one in its place).
    """
    try:
        _replace(path, data)
    except OSError as error:
        raise CannotStore(f"{path} could not be written: {reason(error)}.") from error


def create(path: Path, data: bytes) -> bool:
    """`write` a file that is not there yet; False, with nothing changed, if it is."""
    try:
        _replace(path, data, only_new=True)
    except FileExistsError:
        return False
    except OSError as error:
        raise CannotStore(f"{path} could not be written: {reason(error)}.") from error
    return True


def make_folder(path: Path) -> None:
    """Make the folder `path`, for its owner only, unless it is there; raises CannotStore."""
    try:
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise CannotStore(f"The folder {path} could not be made: {reason(error)}.") from error


def reason(error: OSError) -> str:
    """Why the system refused, in its own words, without the path."""
    return (error.strerror or type(error).__name__).lower()


def _replace(path: Path, data: bytes, *, only_new: bool = False) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, FILE_MODE)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if only_new:
            # Unlike a rename, a link does not take the place of what is there.
            path.hardlink_to(temporary)
            temporary.unlink()
        else:
            temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        # A full disk may take a part and say nothing, so what was taken counts.
        rest = rest[os.write(descriptor, rest) :]
    if os.fstat(descriptor).st_size != len(data):
        raise OSError("the disk took only a part of it")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
