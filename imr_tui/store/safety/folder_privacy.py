"""Checks that a folder of cases is private, and gives it to the group where the site says so."""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.safety import permissions, safe_open
from imr_tui.store.safety.safe_open import OWN
from imr_tui.store.worklist.case_files import case_names


def require_private(folder: Path) -> None:
    """Raise CannotStore, with the command to type, if others can access `folder`.

    Raises BadInput if the machine's policy file is not safe.
    """
    if says := fault(folder):
        raise CannotStore(f"{says}. Nothing was opened or written.")


def fault(folder: Path) -> str:
    """Why others can access `folder`, with the command to type, or blank.

    Blank for a missing or unreadable folder, which its caller reports.
    """
    try:
        return misplaced(folder) or _linked(folder / OWN) or _open_to(folder)
    except OSError:
        return ""


def misplaced(folder: Path) -> str:
    """Why a change of its mode does not make `folder` private, or blank; raises OSError."""
    return _foreign(folder) or _above(folder)


def others() -> int:
    """The mode bits that must not be set in a folder of cases."""
    return stat.S_IRWXO if load_host().group_access else stat.S_IRWXG | stat.S_IRWXO


def _open_to(folder: Path) -> str:
    mode = folder.stat().st_mode
    if not mode & others():
        return ""
    who = "everybody" if mode & stat.S_IRWXO else "its group"
    name = _quoted(folder)
    return (
        f"{folder} is open to {who} on this machine, but cases are confidential. Type "
        f"`chmod {'o-rwx' if load_host().group_access else '700'} {name}` or "
        f"`imr-tui doctor --repair . {name}`"
    )


def _linked(own: Path) -> str:
    if not own.is_symlink():
        return ""
    return (
        f"{own} is a link, which imr-tui does not follow inside a folder of cases. Type "
        f"`rm {_quoted(own)}`"
    )


def _foreign(folder: Path) -> str:
    owner = folder.stat().st_uid
    # Root maintains the folders of all accounts.
    if os.geteuid() in (owner, 0) or load_host().group_access:
        return ""
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"user {owner}"
    return (
        f"{folder} belongs to {name}, who can read every file in it. Create your own folder: "
        "`mkdir -m 700 cases`"
    )


def _above(folder: Path) -> str:
    """Error text if everybody can replace this folder by another, else blank."""
    for above in folder.resolve().parents:
        mode = above.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            return (
                f"{folder} is in {above}, where everybody can replace it. Type "
                f"`chmod o-w {_quoted(above)}`"
            )
    return ""


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


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
    own = folder / OWN
    for top, folders, files in os.walk(own):
        if Path(top) == own:
            yield own
            yield from (own / name for name in permissions.PERSONAL if name in folders)
            folders[:] = (name for name in folders if name not in permissions.PERSONAL)
        yield from (Path(top, name) for name in (*folders, *files))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
