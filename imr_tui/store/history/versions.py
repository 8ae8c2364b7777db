"""The earlier versions of a case, kept under `.imr/history` at the points that mean something."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.store.config.settings import is_held
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

FOLDER = "history"
"""Where under `.imr` they are, a folder for each case."""
KEPT = 20
"""Versions of a case that are kept unless the site says otherwise."""

_NAME = re.compile(r"(\d{6})-([a-z-]+)\.toml", re.ASCII)
_TRIES = 10


class Event(Enum):
    """At which point a version was kept."""

    OPENED = "opened"
    LEFT = "stage-left"
    LETTER = "letter-written"
    IMPORTED = "imported"
    REPLACED = "before-import"
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
    def is_told_twice(self) -> bool:
        """Whether it is worth a version even if nothing changed since the last one."""
        return self in (Event.LETTER, Event.IMPORTED, Event.TAKEN_OVER, Event.RESTORED)


@dataclass(frozen=True)
class Version:
    """One kept version of a case."""

    path: Path
    """The file that holds it."""
    number: int
    """Its number; later versions have higher ones, whatever the clock said."""
    at: datetime
    """When it was kept, UTC, as the disk says; the order does not hang on it."""
    event: Event
    """Why."""


class Versions:
    """The versions of one case; each is a case file of its own."""

    def __init__(self, folder: Path, number: str, kept: int = KEPT) -> None:
        self._above = folder
        self._path = folder / safe_open.OWN / FOLDER / required_number(number)
        self._kept = kept

    def all(self) -> list[Version]:
        """What is kept, the newest first; names that are not ours are passed over."""
        try:
            names = [name for name in safe_open.names(self._path) if _NAME.fullmatch(name)]
        except OSError:
            return []
        paths = map(self._path.joinpath, names)
        return sorted(filter(None, map(_version, paths)), key=lambda each: -each.number)

    def find(self, number: int) -> Version:
        """The version of that number; raises BadInput naming those that there are."""
        known = self.all()
        for version in known:
            if version.number == number:
                return version
        if not known:
            raise BadInput(f"There are no earlier versions of {self._path.name}.")
        span = f"{known[-1].number} to {known[0].number}"
        raise BadInput(f"{self._path.name} has no version {number}; there are {span}.")

    def note(self, data: bytes, event: Event) -> bool:
        """Keep `data`, and drop what is over the bound; False where it is kept already.

        Raises CannotStore.
        """
        versions = self.all()
        if versions and not event.is_told_twice and self._holds(versions[0], data):
            return False
        atomic.make_folders(self._path, self._above)
        newest = versions[0].number if versions else 0
        for number in range(newest + 1, newest + 1 + _TRIES):
            if atomic.create(self._path / f"{number:06}-{event.value}{SUFFIX}", data):
                self._bound()
                return True
        raise CannotStore(f"{self._path} takes no further version.")

    def find_bytes(self, data: bytes) -> Version | None:
        """The newest version that is just `data`, or None."""
        return next((version for version in self.all() if self._holds(version, data)), None)

    def drop_all_but(self, count: int) -> int:
        """Drop all but the last `count`; returns how many went."""
        return sum(map(_drop, self.all()[count:]))

    def _bound(self) -> None:
        if (over := self.all()[self._kept :]) and not is_held(self._above, self._path.name):
            for version in over:
                _drop(version)

    def _holds(self, version: Version, data: bytes) -> bool:
        with suppress(CannotStore):
            return read_bytes(version.path) == data
        return False


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
