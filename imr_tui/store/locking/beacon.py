"""A file that a session renews while it lives, for those who cannot see its lock.

Over a network a lock (flock) may reach no other machine, or not work at all. So whoever claims a
case also keeps a small file, and counts up in it every BEAT_SECONDS. Another session takes it for
left behind only after it has seen the same content for STALE_SECONDS by a clock that nobody can
set, or if its process is of this machine and certainly gone. When in doubt, it lives.
"""

import os
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.locking.holder import Holder
from imr_tui.store.locking.process import Process, this_process
from imr_tui.store.safety import atomic, permissions, safe_open
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files.table import Line

BEAT_SECONDS = 10.0
"""How often a session renews its file."""
STALE_SECONDS = 120.0
"""For how long another session has to see no change before it takes the file for left behind."""
SETTLE_SECONDS = 0.05
"""How long one that takes a file over waits, to see whether another one does so, too."""


class Beat(Holder):
    """What the file holds: who works on a case, and how others can tell that they still do."""

    token: Line = ""
    """What only this claim or request has."""
    machine: Line = ""
    """The machine of the process; blank where that is not known."""
    started: Line = ""
    """When the process began; blank where that is not known."""
    has_lock: bool = True
    """Whether a working lock says, too, that it lives."""
    count: int = 1_000_000
    """How often it was renewed, from a number on that keeps its length."""

    @property
    def process(self) -> Process:
        """The process of the session."""
        return Process(self.machine, self.pid, self.started)


@dataclass(frozen=True)
class Seen:
    """The file of another session as it is now."""

    data: bytes
    """Its bytes."""
    beat: Beat
    """What they tell; nothing is known where they cannot be read."""


class Beacon:
    """The file of this session."""

    def __init__(self, path: Path, beat: Beat) -> None:
        self._path = path
        self._beat = beat
        self._due = time.monotonic() + BEAT_SECONDS

    @property
    def is_mine(self) -> bool:
        """Whether the file is there, and nobody took it over; true where it cannot be read."""
        seen = look(self._path)
        return seen is not None and seen.beat.token in (self._beat.token, "")

    def renew(self) -> bool:
        """Count up if it is time to; False if the file is gone or another session's."""
        if time.monotonic() < self._due:
            return True
        if not self.is_mine:
            return False
        self._due = time.monotonic() + BEAT_SECONDS
        self._beat = self._beat.but(count=self._beat.count + 1)
        with suppress(OSError):
            self._write(os.O_WRONLY)
        return True

    def remove(self) -> None:
        """Take the file away if it is this session's."""
        if self.is_mine:
            with suppress(OSError):
                safe_open.unlink(self._path)

    def create(self) -> bool:
        """Make the file; False if there is one. Raises OSError."""
        try:
            self._write(os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            return False
        return True

    def take_over(self) -> bool:
        """Put the file in the place of one left behind; False if another session did so, too.

        Raises CannotStore.
        """
        atomic.write(self._path, self._beat.encode())
        time.sleep(0.0 if self._beat.has_lock else SETTLE_SECONDS)
        return self.is_mine

    def _write(self, flags: int) -> None:
        with safe_open.opened(self._path.parent) as folder:
            descriptor = safe_open.open_file(
                self._path, flags | os.O_NONBLOCK, permissions.FILE_MODE
            )
            try:
                permissions.settle(descriptor, permissions.file_mode(self._path, folder), folder)
                # In place, so that whoever took the file over is not overwritten.
                os.pwrite(descriptor, self._beat.encode(), 0)
            finally:
                os.close(descriptor)


def beat_of(me: Holder, *, has_lock: bool) -> Beat:
    """A beat of this process, with a token of its own."""
    process = this_process()
    return Beat(
        who=me.who,
        host=me.host,
        pid=me.pid,
        since=me.since,
        token=secrets.token_hex(8),
        machine=process.machine,
        started=process.started,
        has_lock=has_lock,
    )


def look(path: Path) -> Seen | None:
    """The file at `path`, or None where there is none."""
    if not os.path.lexists(path):
        return None
    data = b""
    try:
        data = read_bytes(path)
        return Seen(data, Beat.decode(data, path))
    except ImrError:
        return Seen(data, Beat())


_since: dict[Path, tuple[bytes, float]] = {}
_watching = threading.Lock()


def lives(path: Path, seen: Seen, *, has_lock: bool) -> bool:
    """Whether the session of a file may still live.

    `has_lock`: this session has the lock that the other one would hold if it had one.
    """
    beat = seen.beat
    if (has_lock and beat.has_lock) or beat.process.is_gone():
        return False
    with _watching:
        data, since = _since.get(path, (None, 0.0))
        if data != seen.data:
            since = time.monotonic()
            _since[path] = seen.data, since
    return time.monotonic() - since < STALE_SECONDS
