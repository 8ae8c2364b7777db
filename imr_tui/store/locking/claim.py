"""The claim on a case: which session may write it, and how another one requests it.

A claim is a lock (flock) on a file under `.imr/locks`, held by one open descriptor, so it ends
with its process. The content of the file only tells people who holds the claim. Sessions that
cannot see the lock see a beacon under `.imr/claims`. A request is a second file beside the lock,
for which the holder polls.
"""

import os
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.model.limits import required_number
from imr_tui.store.locking import beacon
from imr_tui.store.locking.beacon import Beacon, beat_of
from imr_tui.store.locking.holder import Held, Holder, read_holder
from imr_tui.store.locking.lock_file import fill, locked, try_lock
from imr_tui.store.safety import atomic, linux, safe_open

LOCKS = "locks"
"""Folder under `.imr` of the locks."""
CLAIMS = "claims"
"""Folder under `.imr` of the beacons."""


class Claim:
    """The right to write one case, until it is released or the process ends."""

    def __init__(self, path: Path, descriptor: int, beacon: Beacon | None) -> None:
        self._path = path
        self._descriptors = [descriptor]
        self._beacon = beacon

    @property
    def is_held(self) -> bool:
        """Whether it has not been released yet."""
        return bool(self._descriptors)

    def renew(self) -> bool:
        """Renew the beacon; to be called about once a second.

        False if another session took the case over, because this one was suspended for too long.
        """
        if self._beacon is None or self._beacon.renew():
            return True
        with suppress(OSError):
            return self._beacon.create() or self._beacon.is_mine
        return True

    def release(self) -> None:
        """Give the case up; thread-safe and idempotent."""
        with suppress(IndexError):
            descriptor = self._descriptors.pop()
            if self._beacon is not None:
                self._beacon.remove()
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            with suppress(OSError):
                os.close(descriptor)

    def request(self) -> Holder | None:
        """The session that requests the case, or None; removes the request of a dead session."""
        path = _request_path(self._path)
        if not path.exists():
            return None
        if (asks := _holder_of(path, path)) is None and not _is_new(path):
            self.refuse()
        return asks

    def refuse(self) -> None:
        """Remove the request, by which the session that made it learns of the refusal."""
        with suppress(OSError):
            safe_open.unlink(_request_path(self._path))


def claim(folder: Path, number: str, me: Holder) -> Claim:
    """Claim a case of `folder`; raises Held if another session has it, CannotStore."""
    path, beacon_path = _lock_path(folder, number), _beacon_path(folder, number)
    atomic.make_folders(path.parent, folder)
    atomic.make_folders(beacon_path.parent, folder)
    descriptor, has_lock = locked(path, number)
    try:
        own_beacon = _create_beacon(beacon_path, number, me, has_lock=has_lock)
    except BaseException:
        os.close(descriptor)
        raise
    fill(descriptor, me.encode())
    return Claim(path, descriptor, own_beacon)


def _create_beacon(path: Path, number: str, me: Holder, *, has_lock: bool) -> Beacon | None:
    """Create the beacon of a claim; None if only the lock protects it.

    Raises Held, CannotStore.
    """
    mine = Beacon(path, beat_of(me, has_lock=has_lock))
    try:
        seen = beacon.read(path)
        if seen is None:
            is_mine = mine.create()
        elif beacon.may_be_alive(path, seen, has_lock=has_lock):
            is_mine = False
        else:
            is_mine = mine.take_over()
    except (OSError, CannotStore) as error:
        if has_lock:
            # The lock suffices, so a full disk does not keep the reviewer from a case.
            return None
        raise CannotStore(f"{path} could not be written, so the case is read-only.") from error
    if not is_mine:
        raise Held(number, seen.beat if (seen := beacon.read(path)) else Holder())
    return mine


def holder(folder: Path, number: str) -> Holder | None:
    """The session that has a case now, or None; changes nothing."""
    return _holder_of(_lock_path(folder, number), _beacon_path(folder, number))


class Request:
    """A request for a case, open until it is withdrawn, refused, or the process ends."""

    def __init__(self, path: Path, descriptor: int, beacon: Beacon) -> None:
        self._path = path
        self._descriptors = [descriptor]
        self._beacon = beacon

    @property
    def stands(self) -> bool:
        """Whether it is still open; to be called about once a second."""
        return bool(self._descriptors) and self._path.exists() and self._beacon.renew()

    def withdraw(self) -> None:
        """Withdraw the request; idempotent."""
        with suppress(IndexError, OSError):
            descriptor = self._descriptors.pop()
            self._beacon.remove()
            os.close(descriptor)


def ask(folder: Path, number: str, me: Holder) -> Request:
    """Request a case from its holder; raises Held if another session already did, CannotStore."""
    path = _request_path(_lock_path(folder, number))
    seen = beacon.read(path)
    descriptor, has_lock = locked(path, number)
    if seen and seen.data and beacon.may_be_alive(path, seen, has_lock=has_lock):
        os.close(descriptor)
        raise Held(number, seen.beat)
    beat = beat_of(me, has_lock=has_lock)
    fill(descriptor, beat.encode())
    return Request(path, descriptor, Beacon(path, beat))


def _lock_path(folder: Path, number: str) -> Path:
    return folder / safe_open.OWN / LOCKS / f"{required_number(number)}.lock"


def _beacon_path(folder: Path, number: str) -> Path:
    return folder / safe_open.OWN / CLAIMS / f"{required_number(number)}.claim"


def _request_path(lock: Path) -> Path:
    return lock.with_suffix(".asked")


def _is_new(path: Path) -> bool:
    """Whether a request was made just now and may not be locked yet."""
    try:
        return linux.is_young(path.lstat())
    except OSError:
        return False


def _holder_of(path: Path, beacon_path: Path) -> Holder | None:
    """The session with the lock at `path`, or with a live beacon at `beacon_path`, or None."""
    has_lock = False
    with suppress(OSError):
        descriptor = safe_open.open_file(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            ours = try_lock(path, descriptor)
        finally:
            os.close(descriptor)
        if ours is False:
            return read_holder(path)
        has_lock = bool(ours)
    seen = beacon.read(beacon_path)
    return seen.beat if seen and beacon.may_be_alive(beacon_path, seen, has_lock=has_lock) else None
