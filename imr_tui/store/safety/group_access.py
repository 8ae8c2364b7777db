"""Lets the group use what an account made before the site let the group in."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from imr_tui.store.safety import permissions, safe_open
from imr_tui.store.worklist.case_files import case_names


def share(folder: Path) -> None:
    """Give this account's files in a folder of cases to the group, where the site allows that.

    They may predate the permission. Raises CannotStore if there is no such folder.
    """
    if not permissions.is_shared():
        return
    for path in shared_paths(folder):
        with suppress(OSError):
            settle(path)


def settle(path: Path) -> None:
    """Give a file or folder the right mode and group; raises OSError for a link."""
    descriptor = safe_open.open_file(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with safe_open.opened(path.parent) as above:
            permissions.settle(descriptor, mode_due(path, above), above)
    finally:
        os.close(descriptor)


def mode_due(path: Path, above: int) -> int:
    """The right mode of an existing file or folder in the open folder `above`."""
    return permissions.folder_mode(path) if path.is_dir() else permissions.file_mode(path, above)


def shared_paths(folder: Path) -> Iterator[Path]:
    """The cases of `folder`, their letters, and all of `.imr` except personal entries."""
    for name in case_names(folder):
        path = folder / name
        yield from (each for each in (path, path.with_suffix(".txt")) if _is_file(each))
    own = folder / safe_open.OWN
    for top, folders, files in os.walk(own):
        if Path(top) == own:
            yield own
            yield from (own / name for name in permissions.PERSONAL if name in folders)
            folders[:] = (name for name in folders if name not in permissions.PERSONAL)
        yield from (Path(top, name) for name in (*folders, *files))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
