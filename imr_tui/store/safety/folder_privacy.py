"""Whether a folder of cases is for its owner alone, and what to do where it is not."""

import os
import pwd
import shlex
import stat
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.safety.safe_open import OWN


def require_private(folder: Path) -> None:
    """Raise CannotStore, saying what to type, if others can get at `folder`.

    Raises BadInput for a file of the machine's owner that cannot be relied on.
    """
    if says := fault(folder):
        raise CannotStore(f"{says}. Nothing was opened or written.")


def fault(folder: Path) -> str:
    """Why others can get at what is in `folder`, and what to type, or blank.

    A folder that is not there, or cannot be looked at, is for others to report.
    """
    try:
        return misplaced(folder) or _linked(folder / OWN) or _open_to(folder)
    except OSError:
        return ""


def misplaced(folder: Path) -> str:
    """Why it does not help to change the mode of `folder`, or blank; raises OSError."""
    return _foreign(folder) or _above(folder)


def others() -> int:
    """The bits of a mode that are for those whom a folder of cases is closed to."""
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
    # Root looks after the folders of all, and a checkout may be another account's.
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
    """Whether everybody could put another folder in the place of this one."""
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
