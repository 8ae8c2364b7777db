"""The folder in which this account keeps what belongs to no folder of cases."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.safety import atomic

_STATE = Path(".local/state")
"""Where programs keep their state in a home directory (XDG Base Directory Specification)."""
_NAME = "imr-tui"


def state_folder() -> Path:
    """Its path, whether it exists or not; raises CannotStore for an account without a home."""
    given = os.environ.get("XDG_STATE_HOME", "")
    if given.startswith("/"):
        return Path(given, _NAME)
    try:
        # Not HOME, which another program may have set.
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError as error:
        raise CannotStore("This account has no home directory.") from error
    return Path(home) / _STATE / _NAME


def make_state_folder() -> Path:
    """The folder, created for its owner only if it is missing; raises CannotStore."""
    folder = state_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStore(f"{folder} could not be created: {atomic.reason(error)}.") from error
    return folder
