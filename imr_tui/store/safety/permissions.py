"""Who may use what the program makes: its owner alone, or the group where the site lets it in."""

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
"""Folders under `.imr` that the group reaches, each entry of which belongs to one account alone.

They are sticky: only its owner may rename or remove an entry.
"""


@cache
def is_shared() -> bool:
    """Whether the machine's owner lets the group into folders of cases; asked once a process."""
    try:
        return load_host().group_access
    except ImrError:
        return False


def file_mode(path: Path, above: int) -> int:
    """The mode of a file that the program makes at `path`, in the open folder `above`."""
    if not is_shared() or _is_personal(path):
        return FILE_MODE
    if safe_open.OWN in path.parts:
        return _SHARED_FILE
    # A letter may go anywhere, such as into a home directory that everybody may enter.
    reach = os.fstat(above).st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return _SHARED_FILE if reach in (0, stat.S_IRWXG) else FILE_MODE


def folder_mode(path: Path) -> int:
    """The mode of a folder that the program makes at `path`.

    A folder of cases itself is made for its owner only; to open it is the site's own act.
    """
    if not is_shared() or safe_open.OWN not in path.parts or _is_personal(path):
        return FOLDER_MODE
    return _SHARED_FOLDER | (_STICKY if path.name in PERSONAL else 0)


def settle(descriptor: int, mode: int, above: int) -> None:
    """Give an open file or folder `mode`, and the group of the open folder `above` if shared.

    Does nothing where the group has no access, as the system made it private already; and
    leaves what belongs to another account.
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
    """Whether `path` lies inside of an entry of a personal folder, or is one."""
    _, below = safe_open.parted(path)
    return len(below) > 2 and below[1] in PERSONAL
