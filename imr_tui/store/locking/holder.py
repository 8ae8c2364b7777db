"""Who works on a case, as the files of claims and requests tell it."""

import os
import pwd
import socket
from datetime import datetime
from pathlib import Path

from pydantic import ConfigDict

from imr_tui.errors import Conflict, ImrError
from imr_tui.store.toml_files.table import Line, Moment, Table


class Holder(Table):
    """Who works on a case: what the lock tells people."""

    # A later version of the program may say more.
    model_config = ConfigDict(extra="ignore")

    who: Line = "somebody"
    """The name of the account."""
    host: Line = "an unknown machine"
    """The machine."""
    pid: int = 0
    """The process on it; 0 where that is not known."""
    since: Moment | None = None
    """Since when, UTC."""

    def __str__(self) -> str:
        since = f" since {self.since.astimezone():%Y-%m-%d %H:%M}" if self.since else ""
        return f"{self.who} on {self.host}{since}"


class Held(Conflict):
    """Another session has the case."""

    title = "Open elsewhere"

    def __init__(self, number: str, holder: Holder) -> None:
        super().__init__(
            f"{number} is open elsewhere, by {holder}. It can be read here, and taken over when "
            "that session ends or gives it away."
        )
        self.holder = holder
        """Who has it."""


def this_session(now: datetime) -> Holder:
    """How this process calls itself."""
    return Holder(who=_account(), host=socket.gethostname(), pid=os.getpid(), since=now)


def read_holder(path: Path) -> Holder:
    """What a file tells of a holder; what cannot be read is simply not known."""
    try:
        return Holder.read(path)
    except ImrError:
        return Holder()


def _account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
