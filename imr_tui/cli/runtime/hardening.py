"""What the program takes from its environment: nothing that makes it write, import or run more."""

import os
import re
import resource
from collections.abc import Sequence

from imr_tui.store.safety.linux import forbid_dumps

DROPPED = (
    # Debug files, logs, screenshots, keys, drivers and modules that the libraries would take up.
    *("TEXTUAL", "RICH_", "PYTHON", "PYDANTIC_", "LD_"),
    # Programs that something would start.
    *("BROWSER", "PAGER", "MANPAGER", "GIT_PAGER", "SYSTEMD_PAGER", "LESS"),
)
"""How the names begin that nobody gets to use."""

OURS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What is set: else pydantic asked every package that is installed for something to import."""

KEPT = frozenset(
    {
        *OURS,
        *("TERM", "COLORTERM", "NO_COLOR", "ESCDELAY", "TMUX", "STY", "ZELLIJ"),
        *("LANG", "LANGUAGE", "TZ", "HOME", "USER", "LOGNAME"),
        *("SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY"),
    }
)
"""All that is left in restricted mode, besides `LC_*`."""

_TOLD = re.compile(
    r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE)=[\w.@+-]*|SSH_CONNECTION=[\da-fA-F.:% ]*", re.A
)
"""What a login shell may say of the terminal: the app starts with an empty environment."""
_TELLS = re.compile(r"(TERM|COLORTERM|NO_COLOR|LANG|LC_ALL|LC_CTYPE|SSH_CONNECTION)=")


def secure() -> None:
    """Be private from the first file on, leave no core, and forget what is DROPPED for OURS."""
    os.umask(0o077)
    forbid_dumps()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in list(os.environ):
        if name.startswith(DROPPED):
            del os.environ[name]
    os.environ.update(OURS)


def restrict() -> None:
    """Forget all that is not KEPT, and what a terminal would obey if it were shown."""
    for name, value in list(os.environ.items()):
        is_kept = name in KEPT or name.startswith("LC_")
        if not (is_kept and value.isprintable()):
            del os.environ[name]


def told(words: Sequence[str]) -> Sequence[str]:
    """Take what the first words say of the terminal into the environment; the other words.

    A value that no terminal has is left out.
    """
    at = 0
    while at < len(words) and _TELLS.match(words[at]):
        if _TOLD.fullmatch(words[at]):
            name, _, value = words[at].partition("=")
            if value:
                os.environ[name] = value
        at += 1
    return words[at:]
