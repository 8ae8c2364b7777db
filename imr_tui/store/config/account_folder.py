"""The folder that each account keeps for itself in a folder of cases, under `.imr/accounts`."""

from __future__ import annotations

import os
import pwd
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic, safe_open

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "accounts"
_LOGIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", re.ASCII)


def account_name() -> str:
    """The login of the account this process runs as, or `user-<uid>` where it has none."""
    uid = os.getuid()
    try:
        login = pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user-{uid}"
    return login if _LOGIN.fullmatch(login) else f"user-{uid}"


def account_folder(folder: Path) -> Path:
    """Where this account keeps its own files in a folder of cases; it may not exist yet."""
    return folder / safe_open.OWN / FOLDER / account_name()


def make_account_folder(folder: Path) -> Path:
    """`account_folder`, made for its owner only if it is missing; raises CannotStore.

    Raises CannotStore, too, for one that another account made under this name.
    """
    own = account_folder(folder)
    atomic.make_folders(own, folder)
    require_own(folder)
    return own


def require_own(folder: Path) -> None:
    """Raise CannotStore if the account folder belongs to another account.

    Where the group has access, a member of it could put one there that everybody can read.
    """
    own = account_folder(folder)
    if os.path.lexists(own) and not _is_ours(own):
        raise CannotStore(
            f"{own} belongs to another account, so it was not used. Ask its owner or root to "
            "remove it. imr-tui creates it again when needed."
        )


def account_file(folder: Path, name: str) -> Path:
    """Where this account keeps its file `name` in a folder of cases; raises CannotStore.

    A file of that name directly under `.imr` is from an earlier version of the program. It is
    moved here if it belongs to this account; where that fails, it is used where it is.
    """
    require_own(folder)
    path, earlier = account_folder(folder) / name, folder / safe_open.OWN / name
    if path.exists() or not _is_ours(earlier):
        return path
    with suppress(CannotStore, OSError):
        make_account_folder(folder)
        _move(earlier, path)
        return path
    return earlier


def write_account_file(folder: Path, name: str, data: bytes) -> None:
    """Replace this account's file `name`; raises CannotStore."""
    atomic.write(make_account_folder(folder) / name, data)
    earlier = folder / safe_open.OWN / name
    if _is_ours(earlier):
        with suppress(OSError):
            safe_open.unlink(earlier)


def _is_ours(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.geteuid()
    except OSError:
        return False


def _move(path: Path, to: Path) -> None:
    """Move a regular file; raises OSError if it is a link, or has other names."""
    with safe_open.opened(path.parent) as above, safe_open.opened(to.parent) as inside:
        status = os.lstat(path.name, dir_fd=above)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise OSError(f"{path} is not a file of imr-tui")
        os.rename(path.name, to.name, src_dir_fd=above, dst_dir_fd=inside)
        os.chmod(to.name, 0o600, dir_fd=inside)
