"""The claim on a case: which session may write it, and how another one asks for it.

The claim is a lock (flock) on a file of its own under `.imr/locks`, held by one open
descriptor; when its process dies, the claim is gone. What stands in the file only tells people
who has it. A request is a second file beside it, which the holder looks for now and then.
"""

import os
import pwd
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from imr_tui.errors import CannotStore, Conflict, ImrError
from imr_tui.limits import required_number
from imr_tui.store import atomic, modes, places, system, toml
from imr_tui.store.forms import Line, Moment
from imr_tui.store.read import read_bytes
from imr_tui.store.record import Record, to_plain, validate

LOCKS = "locks"
"""Where under `.imr` the locks are."""


@dataclass(frozen=True)
class Holder(Record):
    """Who works on a case: what the lock tells people."""

    IS_OPEN: ClassVar[bool] = True

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


def this_session(now: datetime) -> Holder:
    """How this process calls itself."""
    return Holder(who=_account(), host=socket.gethostname(), pid=os.getpid(), since=now)


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


class Claim:
    """The right to write one case, until it is released or the process ends."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptors = [descriptor]

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""
        return bool(self._descriptors)

    def release(self) -> None:
        """Give the case up; from any thread, and harmless the second time."""
        with suppress(IndexError):
            descriptor = self._descriptors.pop()
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            with suppress(OSError):
                os.close(descriptor)

    def request(self) -> Holder | None:
        """Who asks for the case, if anybody does; one that died meanwhile asks no more."""
        path = _request_path(self._path)
        if not path.exists():
            return None
        if _is_locked(path):
            return _holder(path)
        self.refuse()
        return None

    def refuse(self) -> None:
        """Take the request away; who asked sees that it is gone, and the case still held."""
        with suppress(OSError):
            places.unlink(_request_path(self._path))


def claim(folder: Path, number: str, me: Holder) -> Claim:
    """The claim on a case of `folder`; raises Held if another session has it, CannotStore."""
    path = _lock_path(folder, number)
    atomic.make_folders(path.parent, folder)
    return Claim(path, _locked(path, number, me))


def holder(folder: Path, number: str) -> Holder | None:
    """Who has a case now, or None where it is free; changes nothing."""
    path = _lock_path(folder, number)
    return _holder(path) if _is_locked(path) else None


class Request:
    """A request for a case; it stands until it is withdrawn, refused, or the process ends."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptors = [descriptor]

    @property
    def stands(self) -> bool:
        """Whether nobody has refused it."""
        return bool(self._descriptors) and self._path.exists()

    def withdraw(self) -> None:
        """Ask no longer; harmless the second time."""
        with suppress(IndexError, OSError):
            descriptor = self._descriptors.pop()
            with suppress(OSError):
                places.unlink(self._path)
            os.close(descriptor)


def ask(folder: Path, number: str, me: Holder) -> Request:
    """Ask who has a case to give it up; raises Held if somebody else does so, CannotStore."""
    path = _request_path(_lock_path(folder, number))
    return Request(path, _locked(path, number, me))


def _lock_path(folder: Path, number: str) -> Path:
    return folder / places.OWN / LOCKS / f"{required_number(number)}.lock"


def _request_path(lock: Path) -> Path:
    return lock.with_suffix(".asked")


def _locked(path: Path, number: str, me: Holder) -> int:
    """The descriptor of a file that only this process has locked; raises Held, CannotStore."""
    descriptor = _open(path)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(descriptor)
        raise CannotStore(f"{path} is not a file of imr-tui's own; remove it.")
    if not system.lock(descriptor):
        os.close(descriptor)
        raise Held(number, _holder(path))
    with suppress(OSError):
        # Only for people: a claim whose file cannot be filled in is one all the same.
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, _encoded(me), 0)
    return descriptor


def _is_locked(path: Path) -> bool:
    """Whether a living process holds the lock on a file."""
    try:
        descriptor = places.open_file(path, os.O_RDWR)
    except OSError:
        return False
    return system.is_locked(descriptor)


def _open(path: Path) -> int:
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_NONBLOCK
        with places.opened(path.parent) as folder:
            descriptor = places.open_file(path, flags, modes.FILE_MODE)
            modes.settle(descriptor, modes.file_mode(path, folder), folder)
            return descriptor
    except OSError as error:
        raise atomic.refused(path, error) from error


def _encoded(holder: Holder) -> bytes:
    return toml.dumps(to_plain(holder)).encode()


def _holder(path: Path) -> Holder:
    """What a lock file tells; what cannot be read is simply not known."""
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
