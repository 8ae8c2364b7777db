"""The worklist of a folder, kept up to date with its files."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.worklist.case_files import FileStamp, Status, case_files, stamp_of
from imr_tui.store.worklist.case_numbers import mark_duplicates
from imr_tui.store.worklist.case_row import row_of
from imr_tui.store.worklist.files_beside import NOTHING, FilesBeside, files_beside
from imr_tui.store.worklist.index import Index, Known
from imr_tui.store.worklist.rows import SIGNED_STATES, Row, unread
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup
    from imr_tui.store.config.settings import EmployeeNames

_KEEP_PAUSE = 20.0
"""The pause before the next write to the index, in times of what the last one took."""


def rows_of(folder: Path, setup: CheckSetup, names: EmployeeNames = "initials") -> list[Row]:
    """A row for every case file of `folder`, by name; raises CannotStore."""
    return listed(folder, setup, names).rows()


def listed(folder: Path, setup: CheckSetup, names: EmployeeNames = "initials") -> Listing:
    """The listing of `folder`, up to date with its files; raises CannotStore."""
    listing = Listing(folder, setup, names)
    listing.look()
    listing.read()
    listing.keep()
    return listing


class Listing:
    """The rows of the case files, first from the index; not thread-safe.

    `look` finds changed files, `read` reads them, and `keep` writes the results to the index. In
    between, `rows` returns the rows as known so far.
    """

    def __init__(self, folder: Path, setup: CheckSetup, names: EmployeeNames = "initials") -> None:
        """`names`: how the rows name the employee."""
        self._folder = folder
        self._names = names
        self.setup = setup
        """The setup of the checks; after a change, `look` finds all cases to be read again."""
        self._index = Index(folder)
        self._known = self._index.load()
        self._stale: dict[str, Status] = {}
        self._beside: Mapping[str, FilesBeside] = {}
        self._has_unkept = False
        self._next_keep = 0.0

    @property
    def waiting(self) -> int:
        """The number of files still to be read."""
        return len(self._stale)

    @property
    def is_empty(self) -> bool:
        """Whether no file is known, as before the first `look` without an index."""
        return not self._known

    @uncollected()
    def look(self) -> bool:
        """Find changed files; True if the rows differ already. Raises CannotStore."""
        there = dict(case_files(self._folder))
        self._beside = files_beside(self._folder)
        gone = self._known.keys() - there.keys()
        for name in gone:
            del self._known[name]
        self._has_unkept |= bool(gone)
        before = self._stale.keys()
        self._stale = {
            name: there[name] for name in sorted(there) if not self._is_fresh(name, there[name])
        }
        unread = self._stale.keys() - self._known.keys()
        return bool(gone or unread != before - self._known.keys())

    def read(self, goes_on: Callable[[], bool] = lambda: True) -> bool:
        """Read changed files while `goes_on()` is true; True if a row changed."""
        has_changed = False
        while self._stale and goes_on():
            name = next(iter(self._stale))
            before = self._known.get(name)
            now = self._read(name, self._stale.pop(name))
            self._known[name] = now
            self._has_unkept |= before is None or _is_worth_keeping(before, now)
            has_changed |= before is None or before.row != now.row
        return has_changed

    def keep(self) -> None:
        """Write changes to the index, unless it is too early; the next call tries again.

        The whole file is written, so while thousands of cases are read, or others work on them, it
        must not be written at every change.
        """
        start = time.monotonic()
        if not self._has_unkept or start < self._next_keep:
            return
        self._has_unkept = not self._index.keep(self._known, self._key)
        end = time.monotonic()
        self._next_keep = end + _KEEP_PAUSE * (end - start)

    @uncollected()
    def rows(self) -> list[Row]:
        """A row for every file, by name; a file that was never read has only its name."""
        rows = [known.row for known in self._known.values()]
        rows += (unread(name) for name in self._stale.keys() - self._known.keys())
        return sorted(mark_duplicates(self._folder, rows), key=_name)

    def _is_fresh(self, name: str, status: Status) -> bool:
        known = self._known.get(name)
        return (
            known is not None
            and known.stamp is not None
            and known.policy == self._key
            and known.stamp.matches(status)
            and known.beside == (files := self._beside.get(name, NOTHING)).mark
            and files.is_settled(known.stamp.read_ns)
            and not _has_future_decision(known)
        )

    @property
    def _key(self) -> str:
        """Differs from that of a row which must be computed again."""
        return f"{self.setup.key} {self._names}"

    def _read(self, name: str, status: Status) -> Known:
        path, known, moment = self._folder / name, self._known.get(name), time.time_ns()
        # Another one may be set meanwhile, and a row must not be stored under its key.
        setup, key = self.setup, self._key
        files = self._beside.get(name, NOTHING)
        try:
            data = read_bytes(path)
        except CannotStore as error:
            # Without a stamp, so that the next `look` finds it again.
            return Known(unread(name).broken(clean_line(str(error))), key, None, files.mark)
        stamp = stamp_of(status, moment, data) if status else None
        has_letter = files.record is not None
        is_valid = known and known.policy == key and not _has_future_decision(known)
        was = known.stamp if known and is_valid else None
        is_same = known and was and stamp and was.digest == stamp.digest
        has_more = has_letter or bool(files.sealed or files.intake)
        if known and is_same and not (has_more or _depends_on_more(known.row)):
            return known._replace(stamp=stamp, beside=files.mark)
        row = row_of(path, data, setup, self._names, has_letter=has_letter)
        return Known(row, key, stamp, files.mark)

    def changed(self, name: str) -> int:
        """When the file `name` was last changed, in nanoseconds; 0 if it was not read."""
        known = self._known.get(name)
        return known.stamp.mtime_ns if known is not None and known.stamp is not None else 0


_name = attrgetter("name")


def _depends_on_more(row: Row) -> bool:
    """Whether a row was computed from other files, too."""
    return bool(row.written or row.note) or row.state in SIGNED_STATES


def _is_worth_keeping(before: Known, now: Known) -> bool:
    """Whether `now` differs from `before` in more than the time of reading."""
    stamps = _without_read_time(before.stamp), _without_read_time(now.stamp)
    same = before._replace(stamp=None) == now._replace(stamp=None)
    return not same or stamps[0] != stamps[1]


def _without_read_time(stamp: FileStamp | None) -> object:
    return stamp and (stamp._replace(read_ns=0), stamp.is_settled)


def _has_future_decision(known: Known) -> bool:
    """Whether the decision date was in the future when the file was read, an error until then."""
    if known.stamp is None or not known.row.decided_on:
        return False
    return known.row.decided_on > str(date.fromtimestamp(known.stamp.read_ns / 1e9))
