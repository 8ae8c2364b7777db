"""The launcher that root installs as the login shell of reviewers; it obeys no variable."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store import atomic

MODE = 0o755
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

_SCRIPT = """\
#!/bin/sh -p
# The login shell of reviewers: starts imr-tui on one folder, and nothing else, whatever it is
# called with. Made by `imr-tui install-login`. With -p the shell takes no functions and no
# startup file from the environment; the app starts with an empty one, but for plain words that
# say what the terminal is. What the C library looks for first of all is gone before it is used.
cd /
set --
plain() {{ case $1 in ''|*[!A-Za-z0-9_.@+-]*) return 1 ;; esac; }}
address() {{ case $1 in ''|*[!0-9A-Fa-f.:%\\ ]*) return 1 ;; esac; }}
plain "$TERM" && set -- "$@" TERM="$TERM"
plain "$COLORTERM" && set -- "$@" COLORTERM="$COLORTERM"
plain "$NO_COLOR" && set -- "$@" NO_COLOR="$NO_COLOR"
plain "$LANG" && set -- "$@" LANG="$LANG"
plain "$LC_ALL" && set -- "$@" LC_ALL="$LC_ALL"
plain "$LC_CTYPE" && set -- "$@" LC_CTYPE="$LC_CTYPE"
address "$SSH_CONNECTION" && set -- "$@" SSH_CONNECTION="$SSH_CONNECTION"
unset LANG LANGUAGE LC_ALL LC_CTYPE LC_MESSAGES LC_COLLATE LC_NUMERIC LC_TIME LC_MONETARY
unset LOCPATH GCONV_PATH NLSPATH OUTPUT_CHARSET TZ TZDIR GLIBC_TUNABLES MALLOC_TRACE
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG LD_DEBUG_OUTPUT LD_PROFILE LD_PROFILE_OUTPUT
exec /usr/bin/env -i "$@" "{python}" -I -X utf8 -m imr_tui --restricted
"""


def install(path: Path, python: Path) -> None:
    """Write the launcher to `path`, to be run by anybody and written by root only.

    Raises BadInput if `python` cannot be relied on, or this is not root; CannotStore.
    """
    if os.geteuid() != 0:
        raise BadInput("Only root installs a login shell. Nothing was written.")
    if says := _fault(python):
        raise BadInput(f"{says}. Nothing was written.")
    atomic.write(path, _SCRIPT.format(python=python).encode())
    try:
        path.chmod(MODE)
    except OSError as error:
        raise CannotStore(f"{path} could not be made executable: {error.strerror}.") from error


def _fault(python: Path) -> str:
    """Why a login shell must not start this interpreter, or blank."""
    name = str(python)
    if any(char in name for char in '\n"\\$`'):
        return f"{name} has a character that a script does not take as it is"
    for each in (python, python.resolve(), Path(__file__).parents[1]):
        status = each.stat()
        if status.st_uid != 0 or status.st_mode & _OTHERS_WRITE:
            return f"{each} can be written by others than root; install imr-tui for root only"
    return ""
