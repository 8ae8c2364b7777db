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
    """What holds for every session on this machine; every key is optional.

    The string below a field is its description in `imr-tui settings`, the manual and the app.
    """

    restricted: bool = False
    """Whether everybody gets the app only, on one folder, without an editor or other paths."""
    group_access: bool = False
    """Whether a group may share a folder of cases."""
    clipboard: Literal["internal", "osc52"] = "internal"
    """Where copied text goes: `internal`, or `osc52` for the clipboard of the terminal, too."""
    idle_minutes: int = 10
    """Minutes without a key after which the screen locks."""
    leave_minutes: int = 30
    """Minutes without a key after which the session ends."""
    rescue: str = ""
    """A directory on another disk for text that a case folder does not accept; blank for none."""
    signers: str = ""
    """The OpenSSH file that names who may sign, such as `/etc/imr-tui/signers`; blank for none."""
    revoked: str = ""
    """The OpenSSH file with revoked keys; blank for none."""
    sign_with: Literal["agent", "file", "detached"] = "agent"
    """Where private keys are: in an `agent`, in a `file`, or `detached` on another machine."""
    sign_key: str = ""
    """The private key if `sign_with` is `file`; `~/` is the home of the account."""
    require_signature: bool = False
    """Whether a letter without a signature is only a marked draft."""
    log_to_syslog: bool = False
    """Whether the head of the audit log is noted in the system log after each event."""
    log_heads: str = ""
    """A file of root with these lines of the system log; blank for none."""
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


def is_restricted(path: Path = FILE) -> bool:
    """Whether this machine is restricted to the app, also if the file cannot be read.

    Unlike `load_host`, it does not check the other keys, so that pydantic need not load.
    """
    if not os.path.lexists(path):
        return False
    # Most machines have no such file.
    import tomli

    try:
        return tomli.loads(path.read_text(encoding="utf-8")).get("restricted", False) is not False
    except (OSError, ValueError):
        return True


def require_root(path: Path, kept: str) -> None:
    """Raise BadInput, with what was `kept`, if others than root can change a file."""
    status = path.lstat()
    if status.st_uid != 0 or status.st_mode & _OTHERS_WRITE:
        raise BadInput(
            f"{path} must belong to root, and only root may write to it. {kept} "
            f"Type `chown root {path}; chmod 644 {path}`."
        )
