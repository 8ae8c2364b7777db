"""The folder that each account keeps for itself in a folder of cases, under `.imr/accounts`."""

from __future__ import annotations

import os
import pwd
import re
from typing import TYPE_CHECKING

from imr_tui.store import atomic, places

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
    return folder / places.OWN / FOLDER / account_name()


def make_account_folder(folder: Path) -> Path:
    """`account_folder`, made for its owner only if it is missing; raises CannotStore."""
    own = account_folder(folder)
    atomic.make_folders(own, folder)
    return own
