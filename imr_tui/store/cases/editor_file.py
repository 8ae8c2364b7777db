"""A text in a private folder of its own under `.imr`, for as long as an editor works at it."""

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
from imr_tui.store.locking.process import Process, this_machine, this_process
from imr_tui.store.safety import atomic, linux
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Origin
    from imr_tui.store.config.settings import Retention
    from imr_tui.store.maintenance.trusted_time import Ledger

FOLDER = "editing"
"""Where under `.imr` they are, each in a folder with a name of chance."""
TEXT = "text.txt"
"""The file that the editor opens."""
_ORIGIN = "origin.toml"
_TOLD = "told"
_OURS = (_ORIGIN, _TOLD)
_NAME = re.compile(r"[0-9a-f]{12}", re.ASCII)
_UNTOUCHED_DAYS = 1


class PrivateText:
    """A text on loan. While it is, a lock says so; whatever an editor adds lies beside it."""

    def __init__(self, place: Path, text: str) -> None:
        self._place = place
        self._has_last_newline = text.endswith("\n")
        self._descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        linux.lock(self._descriptor)

    @property
    def path(self) -> Path:
        """The file."""
        return self._place / TEXT

    def read(self) -> str:
        """What the editor left, without a last newline that only the editor wants.

        Raises BadInput or CannotStore for what is no text of a case.
        """
        data = read_bytes(self.path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"byte {error.start + 1:,} of it is not UTF-8") from error
        if not self._has_last_newline:
            text = text.removesuffix("\n").removesuffix("\r")
        if len(text) > MAX_PROSE:
            raise BadInput(f"it has {len(text):,} characters, and a text holds {MAX_PROSE:,}")
        return text

    def has_news(self) -> bool:
        """Whether there is anything here but the text as it was given."""
        return has_news(self._place)

    def remove(self) -> None:
        """End the loan with nothing left of it."""
        self._let_go()
        shutil.rmtree(self._place, ignore_errors=True)

    def keep(self) -> None:
        """End the loan and leave everything, now that the reviewer knows of it."""
        note_told(self._place)
        self._let_go()

    def _let_go(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def put_out(folder: Folder, text: str, number: str, field: str, at: datetime) -> PrivateText:
    """Put a text of a case where an editor can work at it; raises CannotStore."""
    place = folder.own(FOLDER) / secrets.token_hex(6)
    atomic.make_folders(place, folder.path)
    try:
        # Before anything is in it: whoever looks for what was left takes it for a loan at once.
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


# ── What sessions that ended left ────────────────────────────────────────────────────────


def left_behind(folder: Folder) -> Iterator[tuple[Origin, Path]]:
    """Texts that nobody works at and that hold something new, each with its folder."""
    for place in _places(folder):
        origin = _origin(place)
        if origin is not None and not _is_on_loan(place) and has_news(place):
            yield origin, place


def note_told(place: Path) -> None:
    """Take note that the reviewer was told of what is in `place`; it is kept from then on."""
    with suppress(CannotStore):
        atomic.create(place / _TOLD, b"")


def overdue(folder: Folder, retention: Retention, now: datetime, ledger: Ledger) -> list[Path]:
    """What the reviewer was told of so many days ago (0: never), and what holds no news.

    Both by the clock and by the time that has certainly gone by. Notes in `ledger` what is there.
    """
    found = []
    for place in _places(folder):
        origin, told = _origin(place), _told_at(place)
        if origin is None:
            continue
        lent = _days(now, origin.at.timestamp(), ledger, f"lent {place.name}")
        known = 0.0 if told is None else _days(now, told, ledger, f"told {place.name}", told)
        if origin.number.casefold() in retention.hold or _is_on_loan(place):
            continue
        is_old = told is not None and 0 < retention.history_days <= known
        if is_old or (lent >= _UNTOUCHED_DAYS and not has_news(place)):
            found.append(place)
    return found


def drop(places: Iterable[Path]) -> None:
    """Remove these texts."""
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _days(now: datetime, then: float, ledger: Ledger, name: str, mark: float = 0.0) -> float:
    """For how many days something is so, by the clock and for certain."""
    return min((now.timestamp() - then) / 86_400, ledger.age_days(name, mark))


def drop_empty(folder: Folder) -> None:
    """Drop what sessions made that ended before there was a text."""
    for place in _places(folder):
        if _origin(place) is None:
            _drop_empty(place)


def _drop_empty(place: Path) -> None:
    """Drop what a session made that ended before there was a text, unless it is at it now."""
    with suppress(OSError):
        if not linux.is_young(place.lstat()):
            place.rmdir()


def has_news(place: Path) -> bool:
    """Whether `place` holds a file that is neither ours nor the text as it was given."""
    origin = _origin(place)
    known = origin.digest if origin is not None else ""
    return any(not _holds(path, known) for path in _files(place) if path.name not in _OURS)


def _holds(path: Path, digest: str) -> bool:
    try:
        data = read_bytes(path)
    except ImrError:
        # A link, a folder, something huge: whatever it is, it was not there before.
        return False
    return not data or _digest(data) == digest


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _places(folder: Folder) -> Iterator[Path]:
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


def _told_at(place: Path) -> float | None:
    try:
        return (place / _TOLD).lstat().st_mtime
    except OSError:
        return None


def _is_on_loan(place: Path) -> bool:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        ours = linux.attempt(descriptor)
    finally:
        os.close(descriptor)
    if ours is not None:
        return not ours
    # Without locks: by the session that lent it, as far as it can be seen from here.
    origin = _origin(place)
    if origin is None or origin.machine != this_machine():
        return False
    return not Process(origin.machine, origin.pid, origin.started).is_gone()
