"""The files that external editors work on, each in a private folder under `.imr/editing`."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, CannotStore, ImrError
from imr_tui.model.limits import MAX_PROSE
from imr_tui.store import config
from imr_tui.store.locking.sessions import Process, this_machine, this_process
from imr_tui.store.safety import atomic, linux
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Origin
    from imr_tui.store.config.settings import Retention
    from imr_tui.store.maintenance.trusted_time import Ledger

FOLDER = "editing"
"""Folder under `.imr` of all editor files, each in a subfolder with a random name."""
TEXT = "text.txt"
"""The file that the editor opens."""
_ORIGIN = "origin.toml"
_NOTIFIED = "told"
_OWN_FILES = (_ORIGIN, _NOTIFIED)
_NAME = re.compile(r"[0-9a-f]{12}", re.ASCII)
_UNTOUCHED_DAYS = 1


class PrivateText:
    """A text open in an editor, in a locked folder that also takes the editor's own files."""

    def __init__(self, place: Path, text: str) -> None:
        self._place = place
        self._has_last_newline = text.endswith("\n")
        self._descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        linux.lock(self._descriptor)

    @property
    def path(self) -> Path:
        """The file that the editor opens."""
        return self._place / TEXT

    def read(self) -> str:
        """Read the edited text, without a final newline that the editor added.

        Raises BadInput if it is not UTF-8 or too long, CannotStore if it cannot be read.
        """
        data = read_bytes(self.path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"byte {error.start + 1:,} of it is not UTF-8") from error
        if not self._has_last_newline:
            text = text.removesuffix("\n").removesuffix("\r")
        if len(text) > MAX_PROSE:
            raise BadInput(f"it has {len(text):,} characters; the limit is {MAX_PROSE:,}")
        return text

    def has_news(self) -> bool:
        """Whether the folder holds anything besides the unchanged text."""
        return has_news(self._place)

    def remove(self) -> None:
        """Unlock and delete the folder."""
        self._unlock()
        shutil.rmtree(self._place, ignore_errors=True)

    def keep(self) -> None:
        """Unlock the folder and leave its files, now that the reviewer was notified of them."""
        note_told(self._place)
        self._unlock()

    def _unlock(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def put_out(folder: Folder, text: str, number: str, field: str, at: datetime) -> PrivateText:
    """Write a text of a case to a new editor file; raises CannotStore."""
    place = folder.own(FOLDER) / secrets.token_hex(6)
    atomic.make_folders(place, folder.path)
    try:
        # Locked while still empty, so that no other session takes it for abandoned.
        private = PrivateText(place, text)
    except OSError as error:
        raise atomic.refused(place, error) from error
    data = text.encode()
    origin = config.Origin(
        number=number, field=field, digest=_digest(data), at=at, **asdict(this_process())
    )
    try:
        atomic.write(place / _ORIGIN, origin.encode())
        atomic.write(private.path, data)
    except CannotStore:
        private.remove()
        raise
    return private


# ── Left behind by ended sessions ────────────────────────────────────────────────────────


def left_behind(folder: Folder) -> Iterator[tuple[Origin, Path]]:
    """The texts with changes that no editor has open, each with its folder."""
    for place in _folders(folder):
        origin = _origin(place)
        if origin is not None and not _is_in_use(place) and has_news(place):
            yield origin, place


def note_told(place: Path) -> None:
    """Record that the reviewer was notified of the files in `place`; retention starts now."""
    with suppress(CannotStore):
        atomic.create(place / _NOTIFIED, b"")


def overdue(folder: Folder, retention: Retention, now: datetime, ledger: Ledger) -> list[Path]:
    """The folders to delete: unchanged ones, and those notified `history_days` ago (0: never).

    An age counts as far as both the clock and `ledger` confirm it. Records them in `ledger`.
    """
    found = []
    for place in _folders(folder):
        origin, notified = _origin(place), _notified_at(place)
        if origin is None:
            continue
        age = _days(now, origin.at.timestamp(), ledger, f"lent {place.name}")
        notified_age = 0.0
        if notified is not None:
            notified_age = _days(now, notified, ledger, f"told {place.name}", notified)
        if origin.number.casefold() in retention.hold or _is_in_use(place):
            continue
        is_old = notified is not None and 0 < retention.history_days <= notified_age
        if is_old or (age >= _UNTOUCHED_DAYS and not has_news(place)):
            found.append(place)
    return found


def drop(places: Iterable[Path]) -> None:
    """Delete these folders."""
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _days(now: datetime, then: float, ledger: Ledger, name: str, mark: float = 0.0) -> float:
    """The age in days: the smaller of the clock's and the ledger's."""
    return min((now.timestamp() - then) / 86_400, ledger.age_days(name, mark))


def drop_empty(folder: Folder) -> None:
    """Delete the folders of sessions that ended before they wrote a text."""
    for place in _folders(folder):
        if _origin(place) is None:
            _drop_empty(place)


def _drop_empty(place: Path) -> None:
    """Delete an empty folder, unless a session made it just now."""
    with suppress(OSError):
        if not linux.is_young(place.lstat()):
            place.rmdir()


def has_news(place: Path) -> bool:
    """Whether `place` holds a file besides our own and the unchanged text."""
    origin = _origin(place)
    known = origin.digest if origin is not None else ""
    return any(
        not _is_unchanged(path, known) for path in _files(place) if path.name not in _OWN_FILES
    )


def _is_unchanged(path: Path, digest: str) -> bool:
    try:
        data = read_bytes(path)
    except ImrError:
        # A link, a folder or a huge file: the editor made it, so it is a change.
        return False
    return not data or _digest(data) == digest


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _folders(folder: Folder) -> Iterator[Path]:
    for path in _files(folder.own(FOLDER)):
        if _NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            yield path


def _files(place: Path) -> list[Path]:
    try:
        return sorted(place.iterdir())
    except OSError:
        return []


def _origin(place: Path) -> Origin | None:
    path = place / _ORIGIN
    try:
        return config.Origin.read(path) if os.path.lexists(path) else None
    except ImrError:
        return None


def _notified_at(place: Path) -> float | None:
    try:
        return (place / _NOTIFIED).lstat().st_mtime
    except OSError:
        return None


def _is_in_use(place: Path) -> bool:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        ours = linux.try_lock(descriptor)
    finally:
        os.close(descriptor)
    if ours is not None:
        return not ours
    # Without locks, ask whether the session's process runs, if it is on this machine.
    origin = _origin(place)
    if origin is None or origin.machine != this_machine():
        return False
    return not Process(origin.machine, origin.pid, origin.started).is_gone()
