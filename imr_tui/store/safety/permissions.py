"""The modes of new files: private to the owner, or shared with the group if the site allows."""

import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.safety import safe_open

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_SHARED_FILE = 0o660
_SHARED_FOLDER = 0o2770
_STICKY = 0o1000
PERSONAL = ("accounts", "editing")
"""Folders under `.imr` that are open to the group, but with entries private to an account.

They are sticky, so that only its owner may rename or remove an entry.
"""


@cache
def is_shared() -> bool:
    """Whether the machine's policy gives the group access; read once per process."""
    try:
        return load_host().group_access
    except ImrError:
        return False


def file_mode(path: Path, above: int) -> int:
    """The mode for a file at `path`, in the open folder `above`."""
    if not is_shared() or _is_personal(path):
        return FILE_MODE
    if safe_open.OWN in path.parts:
        return _SHARED_FILE
    # A letter may be written anywhere, such as to a home directory that is open to all.
    reach = os.fstat(above).st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return _SHARED_FILE if reach in (0, stat.S_IRWXG) else FILE_MODE


def folder_mode(path: Path) -> int:
    """The mode for a folder at `path`.

    A new folder of cases is always private; only the site opens it to the group.
    """
    if not is_shared() or safe_open.OWN not in path.parts or _is_personal(path):
        return FOLDER_MODE
    return _SHARED_FOLDER | (_STICKY if path.name in PERSONAL else 0)


def settle(descriptor: int, mode: int, above: int) -> None:
    """Set the mode of an open file or folder, and the group of the folder `above` if shared.

    Does nothing without group access, because files are private when created; and ignores
    errors, because the file may belong to another account.
    """
    if not is_shared():
        return
    with suppress(OSError):
        now, group = os.fstat(descriptor), os.fstat(above).st_gid
        if mode & stat.S_IRWXG and now.st_gid != group:
            os.fchown(descriptor, -1, group)
        if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
            os.fchmod(descriptor, mode)


def _is_personal(path: Path) -> bool:
    """Whether `path` is an entry of a personal folder, or inside one."""
    _, below = safe_open.split_path(path)
    return len(below) > 2 and below[1] in PERSONAL
