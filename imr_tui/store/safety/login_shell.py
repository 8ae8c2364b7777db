"""Installs the login shell of reviewers, a launcher that ignores the environment."""

from __future__ import annotations

import os
from pathlib import Path

from imr_tui.errors import BadInput
from imr_tui.store.safety.programs import others_can_replace
from imr_tui.store.safety.public_file import write_public

MODE = 0o755

_SCRIPT = """\
#!/bin/sh -p
# The login shell of reviewers: starts imr-tui on one folder, and nothing else, whatever it is
# called with. Made by `imr-tui install-login`. With -p the shell takes no functions and no
# startup file from the environment. The app starts with an empty environment; what the terminal
# is comes to it as arguments, which it checks. What the C library looks for is gone before.
cd /
asked=
case "$1" in --help) asked=--help ;; -c) [ "$2" = --help ] && asked=--help ;; esac
set -- TERM="$TERM" COLORTERM="$COLORTERM" NO_COLOR="$NO_COLOR" LANG="$LANG" LC_ALL="$LC_ALL" \\
    LC_CTYPE="$LC_CTYPE" SSH_CONNECTION="$SSH_CONNECTION" SSH_AUTH_SOCK="$SSH_AUTH_SOCK"
unset LANG LANGUAGE LC_ALL LC_CTYPE LC_MESSAGES LC_COLLATE LC_NUMERIC LC_TIME LC_MONETARY
unset LOCPATH GCONV_PATH NLSPATH OUTPUT_CHARSET TZ TZDIR GLIBC_TUNABLES MALLOC_TRACE
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG LD_DEBUG_OUTPUT LD_PROFILE LD_PROFILE_OUTPUT
exec /usr/bin/env -i "{python}" -I -X utf8 -m imr_tui --restricted "$@" $asked
"""


def install(path: Path, python: Path) -> None:
    """Write the launcher to `path`, executable by everybody and writable by root only.

    Raises BadInput if others can change `python`, or if this is not root; CannotStore.
    """
    if os.geteuid() != 0:
        raise BadInput("Only root can install a login shell. Nothing was written.")
    if says := _fault(python, path):
        raise BadInput(f"{says}. Nothing was written.")
    write_public(path, _SCRIPT.format(python=python).encode(), MODE)


def _fault(python: Path, target: Path) -> str:
    """Why this interpreter or this `target` is not safe for a login shell, or blank."""
    name = str(python)
    if any(char in name for char in '\n"\\$`'):
        return f"{name} contains a character that a shell script would interpret"
    package = Path(__file__).resolve().parents[2]
    for each in (python, python.resolve(), package):
        for part in (each, *each.parents):
            if others_can_replace(part):
                return f"users other than root can write to {part}; install imr-tui for root only"
    for part in target.absolute().parents:
        if part.exists() and others_can_replace(part):
            return f"users other than root can write to {part}; choose another place for the shell"
    return ""
