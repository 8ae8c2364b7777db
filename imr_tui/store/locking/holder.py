"""The session that holds or requests a case, as recorded in its files."""

import os
import pwd
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from imr_tui.errors import Conflict, ImrError
from imr_tui.store.config.forms import Line, Moment
from imr_tui.store.config.record import Record, to_plain, validate
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml


@dataclass(frozen=True)
class Holder(Record):
    """A session that holds or requests a case, described for people."""

    IS_OPEN: ClassVar[bool] = True

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
            f"{number} is open elsewhere, by {holder}. It can be read here, and taken over when "
            "that session ends or gives it away."
        )
        self.holder = holder
        """The session that has it."""


def this_session(now: datetime) -> Holder:
    """The holder that stands for this process."""
    return Holder(who=_account(), host=socket.gethostname(), pid=os.getpid(), since=now)


def encoded(holder: Holder) -> bytes:
    """Encode a holder as the content of a file."""
    return toml.dumps(to_plain(holder)).encode()


def read_holder(path: Path) -> Holder:
    """Read a holder from a file; only defaults if it cannot be read."""
    try:
        tables, text = toml.parse(read_bytes(path), path)
        return validate(Holder, tables, text, path)
    except ImrError:
        return Holder()


def _account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
