"""The session that holds or requests a case, as recorded in its files."""

import os
import pwd
import socket
from datetime import datetime
from pathlib import Path

from pydantic import ConfigDict

from imr_tui.errors import Conflict, ImrError
from imr_tui.store.toml_files.table import Line, Moment, Table


class Holder(Table):
    """A session that holds or requests a case, described for people."""

    # A later version of the program may say more.
    model_config = ConfigDict(extra="ignore")

    who: Line = "somebody"
    """The name of the account."""
    host: Line = "an unknown machine"
    """The host name."""
    pid: int = 0
    """The process number; 0 if unknown."""
    since: Moment | None = None
    """When the session opened the case, in UTC."""

    def __str__(self) -> str:
        since = f" since {self.since.astimezone():%Y-%m-%d %H:%M}" if self.since else ""
        return f"{self.who} on {self.host}{since}"


class Held(Conflict):
    """Another session has the case."""

    title = "Open elsewhere"

    def __init__(self, number: str, holder: Holder) -> None:
        super().__init__(
            f"{holder} has {number} open. You can read it here, and take it over when that session "
            "ends or hands it over."
        )
        self.holder = holder
        """The session that has it."""


def this_session(now: datetime) -> Holder:
    """The holder that stands for this process."""
    return Holder(who=_account(), host=socket.gethostname(), pid=os.getpid(), since=now)


def read_holder(path: Path) -> Holder:
    """Read a holder from a file; only defaults if it cannot be read."""
    try:
        return Holder.read(path)
    except ImrError:
        return Holder()


def _account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
