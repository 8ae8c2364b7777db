"""Removes from the environment all that makes libraries write, import or run something."""

import os
import re
import resource
from collections.abc import Sequence

from imr_tui.store.safety.linux import forbid_dumps

OPTION = "--restricted"
"""The option for restricted mode: only the app, on one folder."""

DROPPED = (
    # Debug files, logs, screenshots, keys, drivers and modules that libraries would use.
    *("TEXTUAL", "RICH_", "PYTHON", "PYDANTIC_", "LD_"),
    # Programs that libraries would start.
    *("BROWSER", "PAGER", "MANPAGER", "GIT_PAGER", "SYSTEMD_PAGER", "LESS"),
)
"""Prefixes of the variables that are always removed."""

OURS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""Variables that are set: without this one, pydantic imports plugins of installed packages."""

KEPT = frozenset(
    {
        *OURS,
        *("TERM", "COLORTERM", "NO_COLOR", "ESCDELAY", "TMUX", "STY", "ZELLIJ"),
        *("LANG", "LANGUAGE", "TZ", "HOME", "USER", "LOGNAME"),
        *("SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY"),
    }
)
"""The variables that remain in restricted mode, besides `LC_*`."""

_VALID_VARIABLE = re.compile(
    r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE)=[\w.@+-]*|SSH_CONNECTION=[\da-fA-F.:% ]*", re.A
)
"""Variables that the login shell passes as arguments, since it starts the app without any."""
_VARIABLE = re.compile(r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE|SSH_CONNECTION)=")


def secure() -> None:
    """Make new files private, forbid core dumps, remove DROPPED variables and set OURS."""
    os.umask(0o077)
    forbid_dumps()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in list(os.environ):
        if name.startswith(DROPPED):
            del os.environ[name]
    os.environ.update(OURS)


def restrict() -> None:
    """Remove all variables that are not KEPT, or that contain control characters."""
    for name, value in list(os.environ.items()):
        is_kept = name in KEPT or name.startswith("LC_")
        if not (is_kept and value.isprintable()):
            del os.environ[name]


def take_terminal_variables(words: Sequence[str]) -> Sequence[str]:
    """Set the variables that the first words pass; returns the other words.

    Values with unexpected characters are ignored.
    """
    at = 0
    while at < len(words) and _VARIABLE.match(words[at]):
        if _VALID_VARIABLE.fullmatch(words[at]):
            name, _, value = words[at].partition("=")
            if value:
                os.environ[name] = value
        at += 1
    return words[at:]
