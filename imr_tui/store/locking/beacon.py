"""A heartbeat file, for sessions that cannot see each other's locks.

On a network file system, a lock (flock) may not be visible to other machines, or not work at all.
So a session that claims a case also keeps a small file with a counter, and increments it every
BEAT_SECONDS. Another session takes the file for stale only after it has seen the same content for
STALE_SECONDS of the monotonic clock, or if its process ran on this machine and has certainly
ended. When in doubt, the session counts as alive.
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
from imr_tui.store.locking.sessions import Process, this_process
from imr_tui.store.safety import atomic, permissions, safe_open
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files.table import Line

BEAT_SECONDS = 10.0
"""How often a session renews its file."""
STALE_SECONDS = 120.0
"""For how long another session must see no change before it takes the file for stale."""
SETTLE_SECONDS = 0.05
"""How long a takeover waits, to detect another one at the same time."""


class Beat(Holder):
    """The content of the file: who works on a case, and how to tell whether they still do."""

    token: Line = ""
    """Unique to this claim or request."""
    machine: Line = ""
    """The machine of the process; blank if unknown."""
    started: Line = ""
    """The start time of the process; blank if unknown."""
    has_lock: bool = True
    """Whether the session also holds a working lock."""
    count: int = 1_000_000
    """The number of renewals plus a large base, so that the file keeps its length."""

    @property
    def process(self) -> Process:
        """The process of the session."""
        return Process(self.machine, self.pid, self.started)


@dataclass(frozen=True)
class Seen:
    """The file of another session, as just read."""

    data: bytes
    """Its bytes."""
    beat: Beat
    """Its parsed content; only defaults if it cannot be parsed."""


class Beacon:
    """The file of this session."""

    def __init__(self, path: Path, beat: Beat) -> None:
        self._path = path
        self._beat = beat
        self._due = time.monotonic() + BEAT_SECONDS

    @property
    def is_mine(self) -> bool:
        """Whether the file exists and nobody took it over; True if it cannot be read."""
        seen = read(self._path)
        return seen is not None and seen.beat.token in (self._beat.token, "")

    def renew(self) -> bool:
        """Increment the counter if due; False if the file is gone or another session's."""
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
        """Remove the file if it is this session's."""
        if self.is_mine:
            with suppress(OSError):
                safe_open.unlink(self._path)

    def create(self) -> bool:
        """Create the file; False if it exists. Raises OSError."""
        try:
            self._write(os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            return False
        return True

    def take_over(self) -> bool:
        """Replace a stale file; False if another session did so, too. Raises CannotStore."""
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
                # In place, so that a file renamed here by a takeover is not overwritten.
                os.pwrite(descriptor, self._beat.encode(), 0)
            finally:
                os.close(descriptor)


def beat_of(me: Holder, *, has_lock: bool) -> Beat:
    """A beat of this process, with a new token."""
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


def read(path: Path) -> Seen | None:
    """Read the beacon file at `path`; None if it does not exist."""
    if not os.path.lexists(path):
        return None
    data = b""
    try:
        data = read_bytes(path)
        return Seen(data, Beat.decode(data, path))
    except ImrError:
        return Seen(data, Beat())


_first_seen: dict[Path, tuple[bytes, float]] = {}
_first_seen_lock = threading.Lock()


def may_be_alive(path: Path, seen: Seen, *, has_lock: bool) -> bool:
    """Whether the session that wrote a file may still be alive.

    `has_lock`: this session holds the lock that the other one would hold if it could lock.
    """
    beat = seen.beat
    if (has_lock and beat.has_lock) or beat.process.is_gone():
        return False
    with _first_seen_lock:
        data, since = _first_seen.get(path, (None, 0.0))
        if data != seen.data:
            since = time.monotonic()
            _first_seen[path] = seen.data, since
    return time.monotonic() - since < STALE_SECONDS
