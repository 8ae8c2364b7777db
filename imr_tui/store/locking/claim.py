"""The claim on a case: which session may write it, and how another one asks for it.

The claim is a lock (flock) on a file of its own under `.imr/locks`, held by one open
descriptor; when its process dies, the claim is gone. What stands in the file only tells people
who has it. Those whom the lock does not reach see the claim by a beacon under `.imr/claims`. A
request is a second file beside the lock, which the holder looks for now and then.
"""

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.model.limits import required_number
from imr_tui.store.locking import beacon
from imr_tui.store.locking.beacon import Beacon, beat_of
from imr_tui.store.locking.holder import Held, Holder, read_holder, this_session
from imr_tui.store.safety import atomic, linux, permissions, safe_open
from imr_tui.store.safety.linux import is_remote

__all__ = ["Claim", "Held", "Holder", "Request", "ask", "claim", "holder", "this_session"]

LOCKS = "locks"
"""Where under `.imr` the locks are."""
CLAIMS = "claims"
"""Where under `.imr` the beacons are."""
_TRIES = 3
_MOMENT_SECONDS = 0.005
"""How often, and after how long, a lock is tried again that somebody may only be looking at."""


class Claim:
    """The right to write one case, until it is released or the process ends."""

    def __init__(self, path: Path, descriptor: int, beacon: Beacon | None) -> None:
        self._path = path
        self._descriptors = [descriptor]
        self._beacon = beacon

    @property
    def is_held(self) -> bool:
        """Whether it was not released yet."""
        return bool(self._descriptors)

    def renew(self) -> bool:
        """Show others that this session lives, about once a second.

        False if another session has taken the case over meanwhile, as this one stood still.
        """
        if self._beacon is None or self._beacon.renew():
            return True
        with suppress(OSError):
            return self._beacon.create() or self._beacon.is_mine
        return True

    def release(self) -> None:
        """Give the case up; from any thread, and harmless the second time."""
        with suppress(IndexError):
            descriptor = self._descriptors.pop()
            if self._beacon is not None:
                self._beacon.remove()
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            with suppress(OSError):
                os.close(descriptor)

    def request(self) -> Holder | None:
        """Who asks for the case, if anybody does; one that died meanwhile asks no more."""
        path = _request_path(self._path)
        if not path.exists():
            return None
        if (asks := _who(path, path)) is None and not _is_new(path):
            self.refuse()
        return asks

    def refuse(self) -> None:
        """Take the request away; who asked sees that it is gone, and the case still held."""
        with suppress(OSError):
            safe_open.unlink(_request_path(self._path))


def claim(folder: Path, number: str, me: Holder) -> Claim:
    """The claim on a case of `folder`; raises Held if another session has it, CannotStore."""
    path, shown = _lock_path(folder, number), _beacon_path(folder, number)
    atomic.make_folders(path.parent, folder)
    atomic.make_folders(shown.parent, folder)
    descriptor, has_lock = _locked(path, number)
    try:
        lit = _lit(shown, number, me, has_lock=has_lock)
    except BaseException:
        os.close(descriptor)
        raise
    _fill(descriptor, me.encode())
    return Claim(path, descriptor, lit)


def _lit(path: Path, number: str, me: Holder, *, has_lock: bool) -> Beacon | None:
    """The beacon of a claim, or None where only the lock tells; raises Held, CannotStore."""
    mine = Beacon(path, beat_of(me, has_lock=has_lock))
    try:
        seen = beacon.look(path)
        if seen is None:
            is_mine = mine.create()
        elif beacon.lives(path, seen, has_lock=has_lock):
            is_mine = False
        else:
            is_mine = mine.take_over()
    except (OSError, CannotStore) as error:
        if has_lock:
            # A full disk does not keep the reviewer from a case.
            return None
        raise CannotStore(f"{path} could not be written, so the case is only read.") from error
    if not is_mine:
        raise Held(number, seen.beat if (seen := beacon.look(path)) else Holder())
    return mine


def holder(folder: Path, number: str) -> Holder | None:
    """Who has a case now, or None where it is free; changes nothing."""
    return _who(_lock_path(folder, number), _beacon_path(folder, number))


class Request:
    """A request for a case; it stands until it is withdrawn, refused, or the process ends."""

    def __init__(self, path: Path, descriptor: int, beacon: Beacon) -> None:
        self._path = path
        self._descriptors = [descriptor]
        self._beacon = beacon

    @property
    def stands(self) -> bool:
        """Whether nobody has refused it; to be asked about once a second."""
        return bool(self._descriptors) and self._path.exists() and self._beacon.renew()

    def withdraw(self) -> None:
        """Ask no longer; harmless the second time."""
        with suppress(IndexError, OSError):
            descriptor = self._descriptors.pop()
            self._beacon.remove()
            os.close(descriptor)


def ask(folder: Path, number: str, me: Holder) -> Request:
    """Ask who has a case to give it up; raises Held if somebody else does so, CannotStore."""
    path = _request_path(_lock_path(folder, number))
    seen = beacon.look(path)
    descriptor, has_lock = _locked(path, number)
    if seen and seen.data and beacon.lives(path, seen, has_lock=has_lock):
        os.close(descriptor)
        raise Held(number, seen.beat)
    beat = beat_of(me, has_lock=has_lock)
    _fill(descriptor, beat.encode())
    return Request(path, descriptor, Beacon(path, beat))


def _lock_path(folder: Path, number: str) -> Path:
    return folder / safe_open.OWN / LOCKS / f"{required_number(number)}.lock"


def _beacon_path(folder: Path, number: str) -> Path:
    return folder / safe_open.OWN / CLAIMS / f"{required_number(number)}.claim"


def _request_path(lock: Path) -> Path:
    return lock.with_suffix(".asked")


def _locked(path: Path, number: str) -> tuple[int, bool]:
    """The descriptor of a file that no other process has locked, and whether this one has.

    Raises Held, CannotStore.
    """
    descriptor = _open(path)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(descriptor)
        raise CannotStore(f"{path} is not a file of imr-tui's own; remove it.")
    ours = _attempt(path, descriptor)
    for _ in range(_TRIES):
        if ours is not False:
            break
        # Whoever only looks whether the lock is free has it for a moment.
        time.sleep(_MOMENT_SECONDS)
        ours = _attempt(path, descriptor)
    if ours is False:
        os.close(descriptor)
        raise Held(number, read_holder(path))
    return descriptor, bool(ours)


def _is_new(path: Path) -> bool:
    """Whether a request was made this moment, and may not be locked yet."""
    try:
        return linux.is_young(path.lstat())
    except OSError:
        return False


def _fill(descriptor: int, data: bytes) -> None:
    with suppress(OSError):
        # Only for people: a claim whose file cannot be filled in is one all the same.
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, data, 0)


def _attempt(path: Path, descriptor: int) -> bool | None:
    """`system.attempt`; None, too, where the lock is not one that every session sees."""
    ours = linux.attempt(descriptor)
    if not ours:
        return ours
    if is_remote(path.parent):
        return None
    try:
        again = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        return True if linux.attempt(again) is False else None
    finally:
        os.close(again)


def _who(path: Path, shown: Path) -> Holder | None:
    """Who has the lock at `path`, or else a beacon at `shown` that may live; None: nobody."""
    has_lock = False
    with suppress(OSError):
        descriptor = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            ours = _attempt(path, descriptor)
        finally:
            os.close(descriptor)
        if ours is False:
            return read_holder(path)
        has_lock = bool(ours)
    seen = beacon.look(shown)
    return seen.beat if seen and beacon.lives(shown, seen, has_lock=has_lock) else None


def _open(path: Path) -> int:
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_NONBLOCK
        with safe_open.opened(path.parent) as folder:
            descriptor = safe_open.open_file(path, flags, permissions.FILE_MODE)
            permissions.settle(descriptor, permissions.file_mode(path, folder), folder)
            return descriptor
    except OSError as error:
        raise atomic.refused(path, error) from error
