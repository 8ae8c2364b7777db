"""Removes from the environment all that makes libraries write, import or run something."""

import os
import re
import resource
import stat
from collections.abc import Sequence
from pathlib import Path

from imr_tui.store.safety.linux import forbid_dumps

OPTION = "--restricted"
"""The option for restricted mode: only the app, on one folder."""

PLAIN = "--plain"
"""The option for plain mode: the app line by line."""

AGENT = "SSH_AUTH_SOCK"
"""The variable that names the socket of the SSH agent, with which reviewers sign."""

_ROOT = 0

DROPPED = (
    # Debug files, logs, screenshots, keys, drivers and modules that libraries would use.
    *("TEXTUAL", "RICH_", "PYTHON", "PYDANTIC_", "LD_"),
    # Servers, files and passwords with which libpq would connect.
    *("PG", "PSYCOPG_"),
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
        *("SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", AGENT),
    }
)
"""The variables that remain in restricted mode, besides `LC_*`."""

_VALID_VARIABLE = re.compile(
    r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE)=[\w.@+-]*"
    r"|SSH_CONNECTION=[\da-fA-F.:% ]*|SSH_AUTH_SOCK=(/[\w.@:+/-]*)?",
    re.A,
)
"""Variables that the login shell passes as arguments, since it starts the app without any."""
_VARIABLE = re.compile(
    r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE|SSH_CONNECTION|SSH_AUTH_SOCK)="
)


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
    """Remove all variables that are not KEPT, or that contain control characters.

    An agent remains only if this account or root listens there.
    """
    for name, value in list(os.environ.items()):
        is_kept = name in KEPT or name.startswith("LC_")
        is_kept = is_kept and (name != AGENT or _is_own_socket(value))
        if not (is_kept and value.isprintable()):
            del os.environ[name]


def _is_own_socket(path: str) -> bool:
    """Whether `path` is absolute, and the socket of this account or of root."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return False
    is_ours = status.st_uid in (_ROOT, os.geteuid())
    return path.startswith("/") and stat.S_ISSOCK(status.st_mode) and is_ours


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
