"""Checks that a folder of cases is private, and gives it to the group where the site says so."""

import os
import pwd
import shlex
import stat
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.safety.safe_open import OWN


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
        f"{folder} is open to {who} on this machine, and cases are confidential. Type "
        f"`chmod {'o-rwx' if load_host().group_access else '700'} {name}` or "
        f"`imr-tui doctor --repair . {name}`"
    )


def _linked(own: Path) -> str:
    if not own.is_symlink():
        return ""
    return (
        f"{own} is a link, and nothing below a folder of cases is reached through one. Type "
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
        f"{folder} belongs to {name}, who can read what is written there. Make a folder of your "
        "own: `mkdir -m 700 cases`"
    )


def _above(folder: Path) -> str:
    """Error text if everybody can replace this folder by another, else blank."""
    for above in folder.resolve().parents:
        mode = above.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            return (
                f"{folder} lies in {above}, where everybody can swap it for another folder. Type "
                f"`chmod o-w {_quoted(above)}`"
            )
    return ""


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
