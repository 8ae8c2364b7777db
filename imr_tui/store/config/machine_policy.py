"""What the owner of this machine lays down for all who use it; only root can write the file."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from imr_tui.errors import BadInput
from imr_tui.store import config

FILE = Path("/etc/imr-tui.toml")
"""Where it is; no option and no variable names another one, so nobody can weaken it."""
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True)
class Host:
    """What holds for every session on this machine; every key is optional."""

    restricted: bool = False
    """Whether the app opens its own folder only, without an editor and other paths."""
    group_access: bool = False
    """Whether a folder of cases may be open to its group."""
    clipboard: Literal["internal", "osc52"] = "internal"
    """Whether what is copied also goes to the clipboard of the reader's own machine."""
    idle_minutes: int = 10
    """Minutes without a key after which the screen is locked."""
    leave_minutes: int = 30
    """Minutes without a key after which the session ends."""
    rescue: str = ""
    """A directory for what a folder of cases does not take; blank for none."""
    signers: str = ""
    """The file of OpenSSH that names who may sign; blank for none."""
    revoked: str = ""
    """The file of OpenSSH with revoked keys; blank for none."""
    sign_with: Literal["agent", "file", "detached"] = "agent"
    """Where the reviewers' private keys are."""
    sign_key: str = ""
    """The private key with `sign_with = "file"`; `~/` is the home of the account."""
    require_signature: bool = False
    """Whether a letter that is not signed is only a marked draft."""
    log_to_syslog: bool = False
    """Whether the head of the audit log is noted in the system log after each event."""
    log_heads: str = ""
    """A file of root with those lines of the system log; blank for none."""
    shared: str = ""
    """The PostgreSQL address of the organization's shared store; blank for none."""
    shared_roles: Mapping[str, str] = field(default_factory=dict)
    """The database role of an account, where it is not the name of the account."""


def load_host(path: Path = FILE) -> Host:
    """What `path` says; raises BadInput or CannotStore for one that cannot be relied on."""
    if not os.path.lexists(path):
        return Host()
    require_root(path, "Nothing was opened.")
    return Host(**config.HostFile.read(path).model_dump())


def require_root(path: Path, kept: str) -> None:
    """Raise BadInput, with what was `kept`, if others than root can change a file."""
    status = path.lstat()
    if status.st_uid != 0 or status.st_mode & _OTHERS_WRITE:
        raise BadInput(
            f"{path} must belong to root, and only root may write to it. {kept} "
            f"Type `chown root {path}; chmod 644 {path}`."
        )
