"""The earlier versions of a case, kept under `.imr/history` at significant events."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.store.config.settings import is_held
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

FOLDER = "history"
"""Folder under `.imr`, with a subfolder for each case."""
KEPT = 20
"""How many versions of a case are kept by default."""

if TYPE_CHECKING:
    from imr_tui.store.contract import CaseVersion

_Version = TypeVar("_Version", bound="CaseVersion")
_NAME = re.compile(r"(\d{6})-([a-z-]+)\.toml", re.ASCII)
_TRIES = 10


class Event(Enum):
    """The event at which a version was kept."""

    OPENED = "opened"
    LEFT = "stage-left"
    LETTER = "letter-written"
    IMPORTED = "imported"
    REPLACED = "before-import"
    UPDATING = "before-intake"
    TAKEN_OVER = "taken-over"
    RESTORING = "before-restore"
    RESTORED = "restored"
    ELSEWHERE = "changed-elsewhere"
    ASIDE = "kept-aside"
    LEFT_OVER = "left-over"
    RECOVERING = "before-recovery"
    RECOVERED = "recovered"

    def __str__(self) -> str:
        return self.value.replace("-", " ")

    @property
    def is_always_kept(self) -> bool:
        """Whether it makes a version even if nothing changed since the last one."""
        return self in (Event.LETTER, Event.IMPORTED, Event.TAKEN_OVER, Event.RESTORED)


@dataclass(frozen=True)
class Version:
    """One kept version of a case."""

    path: Path
    """The file that holds it."""
    number: int
    """Its number, higher than that of every earlier version, whatever the clock said."""
    at: datetime
    """When it was kept, in UTC, by the file's mtime; the order does not depend on it."""
    event: Event
    """Why it was kept."""


class Versions:
    """The versions of one case; each is a case file of its own."""

    def __init__(self, folder: Path, number: str, kept: int = KEPT) -> None:
        self._folder = folder
        self._path = folder / safe_open.OWN / FOLDER / required_number(number)
        self._limit = kept

    def all(self) -> list[Version]:
        """All versions, newest first; files with other names are ignored."""
        try:
            names = [name for name in safe_open.names(self._path) if _NAME.fullmatch(name)]
        except OSError:
            return []
        paths = map(self._path.joinpath, names)
        return sorted(filter(None, map(_version, paths)), key=lambda each: -each.number)

    def find(self, number: int) -> Version:
        """The version with this number; raises BadInput naming those that exist."""
        return found(self.all(), number, self._path.name)

    def read(self, number: int) -> bytes:
        """The encoded case of the version with this number; raises BadInput or CannotStore."""
        return read_bytes(self.find(number).path)

    def note(self, data: bytes, event: Event) -> bool:
        """Keep `data` and drop versions beyond the limit; False if it is kept already.

        Raises CannotStore.
        """
        versions = self.all()
        if versions and not event.is_always_kept and self._holds(versions[0], data):
            return False
        atomic.make_folders(self._path, self._folder)
        newest = versions[0].number if versions else 0
        for number in range(newest + 1, newest + 1 + _TRIES):
            if atomic.create(self._path / f"{number:06}-{event.value}{SUFFIX}", data):
                self._drop_excess()
                return True
        raise CannotStore(f"No further version could be kept in {self._path}.")

    def find_bytes(self, data: bytes) -> Version | None:
        """The newest version whose content is `data`, or None."""
        return next((version for version in self.all() if self._holds(version, data)), None)

    def drop_all_but(self, count: int) -> int:
        """Drop all but the newest `count` versions; returns how many were dropped."""
        return sum(map(_drop, self.all()[count:]))

    def _drop_excess(self) -> None:
        if (over := self.all()[self._limit :]) and not is_held(self._folder, self._path.name):
            for version in over:
                _drop(version)

    def _holds(self, version: Version, data: bytes) -> bool:
        with suppress(CannotStore):
            return read_bytes(version.path) == data
        return False


def found(known: Sequence[_Version], number: int, case: str) -> _Version:
    """The version of `case` with this number, of those that are `known`, newest first.

    Raises BadInput naming those that exist.
    """
    for version in known:
        if version.number == number:
            return version
    if not known:
        raise BadInput(f"{case} has no earlier versions.")
    span = f"{known[-1].number} to {known[0].number}"
    raise BadInput(f"{case} has no version {number}, only {span}.")


def cases_with_versions(folder: Path) -> Iterator[str]:
    """The numbers of the cases of `folder` that have versions."""
    with suppress(OSError):
        yield from filter(is_case_number, safe_open.names(folder / safe_open.OWN / FOLDER))


def _version(path: Path) -> Version | None:
    match = _NAME.fullmatch(path.name)
    with suppress(ValueError, OSError):
        if match:
            at = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            return Version(path, int(match[1]), at, Event(match[2]))
    return None


def _drop(version: Version) -> bool:
    with suppress(OSError):
        safe_open.unlink(version.path)
        return True
    return False
