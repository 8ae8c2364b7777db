"""The parameters with which libpq connects, and the file of passwords that it may read."""

from __future__ import annotations

import math
import os
import pwd
import stat
from pathlib import Path

from imr_tui.errors import BadInput
from imr_tui.store.shared.connection.address import FILES, Address

STATEMENT_SECONDS = 10
"""How long the server works on a statement, unless a caller allows more."""
_OPTIONS = {
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": "10s",
    # The server notices that this side hung up while it works on a statement.
    "client_connection_check_interval": "2s",
    "timezone": "UTC",
    "search_path": "public",
}
_FIXED = {
    "application_name": "imr-tui",
    "client_encoding": "UTF8",
    "options": " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items()),
    "gssencmode": "disable",
    # Servers are chosen by epoch and timeline; these would choose by what a server says.
    "target_session_attrs": "any",
    "load_balance_hosts": "disable",
    # Blank, so that no variable of the environment sends the connection elsewhere.
    "hostaddr": "",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
}
_PASSFILE = "~/.pgpass"


def parameters(address: Address, host: tuple[str, int], seconds: float) -> dict[str, str]:
    """Every parameter for a connection to `host`; raises BadInput for an open file of passwords.

    All that matters for safety is there, because libpq takes the rest from the environment.
    """
    given = {"passfile": _PASSFILE} | dict(address.parameters)
    files = {name: _from_home(given[name]) for name in FILES if name in given}
    _require_private(Path(files["passfile"]), "passfile" in address.parameters)
    # libpq counts in seconds.
    timeout = str(max(math.ceil(seconds), 1))
    where = {"host": host[0], "port": str(host[1]), "dbname": address.database}
    return {
        "connect_timeout": timeout,
        **given,
        **files,
        **where,
        "user": address.role,
        **_FIXED,
    }


def _from_home(path: str) -> str:
    if not path.startswith("~/"):
        return path
    # Not by HOME, which is not the account's to set in restricted mode.
    return str(Path(pwd.getpwuid(os.getuid()).pw_dir, path[2:]))


def _require_private(path: Path, is_required: bool) -> None:
    """Raise BadInput unless only this account can read a file of passwords.

    libpq ignores such a file with a warning on standard error, where the app's screen is.
    """
    try:
        status = path.stat()
    except OSError:
        if is_required:
            raise BadInput(
                f"{path} could not be read, so there is no password for the shared store. "
                "Ask your site for the file."
            ) from None
        return
    mine = status.st_uid == os.geteuid() and stat.S_ISREG(status.st_mode)
    if not mine or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInput(
            f"{path} holds a password, but others may read it. Nothing was sent. "
            f"Type `chmod 600 {path}`; it must belong to your account."
        )
