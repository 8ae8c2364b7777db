"""The index of a folder: a cache of its worklist rows in SQLite.

It can be deleted at any time: if it is missing, damaged or locked, the case files are read instead.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.store.maintenance.build import fingerprint
from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.safety import atomic, permissions, safe_open
from imr_tui.store.worklist.case_files import FileStamp
from imr_tui.store.worklist.rows import Row
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from sqlite3 import Connection

FILE = "index.sqlite"
SCHEMA = 1
"""The version of the table; a table of another version is recreated."""
TIMEOUT_SECONDS = 0.05
"""How long to wait for another process that has locked the index."""

_HELD = ("name", "inode", "size", "mtime_ns", "ctime_ns", "read_ns", "digest", "held")
_SHOWN = (
    *("number", "problem", "due", "why", "decided_on", "priority", "items", "decided"),
    *("stage", "state", "words"),
)
# Two seals, so that the numbers can be verified without reading the other columns.
_COLUMNS = (*_HELD, "held_seal", "policy", *_SHOWN, "seal")
_TABLE = f"""
CREATE TABLE IF NOT EXISTS rows (
    {", ".join(f"{name} NOT NULL" for name in _COLUMNS)}, PRIMARY KEY (name)
) WITHOUT ROWID
"""
_DAMAGE_CODES = frozenset((1, 8, 11, 17, 20, 25, 26))
"""SQLite error codes after which the file is recreated: another table, or damage."""
_SEAL_FORMATS = {count: "\x1f".join(["%s"] * count) for count in (len(_HELD), len(_COLUMNS) - 1)}
"""Formats that join the values for a seal; no text in the table contains the separator."""
_NUMBER_LIMIT = 2**63
"""Numbers from here on do not fit into the table."""
_shown = attrgetter(*_SHOWN)


class Known(NamedTuple):
    """An entry of the index: one case file."""

    row: Row
    """Its worklist row."""
    policy: str
    """The key of the check setup with which its state was computed."""
    stamp: FileStamp | None
    """Its file stamp; None if it must be read again in any case."""


class Index:
    """The index of one folder of cases. Its methods never raise, whatever is on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / ".imr" / FILE
        self.is_sound = True
        """Whether the file is usable; if not, the next `keep` recreates it."""
        key = hashlib.sha256(f"{SCHEMA} {fingerprint()}".encode()).digest()
        self._empty_seal = hashlib.blake2b(digest_size=8, key=key)

    @uncollected()
    def load(self) -> dict[str, Known]:
        """All entries by file name, without damaged ones and those of another build."""
        known = {}
        for values in self._select(_COLUMNS):
            name = os.fsdecode(values[0])
            shown = (*values[10:-1], values[7])
            row = Row(name, *shown)
            if row.problem:
                row = replace(row, problem=f"{self._path_prefix(name)}{row.problem}")
            known[name] = Known(row, values[9], FileStamp(*values[1:7]))
        return known

    @uncollected()
    def numbers(self) -> dict[str, tuple[FileStamp, str]]:
        """The stamp and case number of each entry, by file name."""
        rows = self._select((*_HELD, "held_seal"))
        return {os.fsdecode(values[0]): (FileStamp(*values[1:7]), values[7]) for values in rows}

    def _select(self, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The values of these columns, the last of which is the seal, in rows where it is valid."""
        import sqlite3

        if not self._is_usable():
            return
        try:
            with closing(self._connect("ro")) as connection:
                for values in connection.execute(f"SELECT {', '.join(columns)} FROM rows"):
                    if values[-1] == self._seal(values[:-1]):
                        yield values
                    else:
                        self.is_sound = False
        except (sqlite3.Error, OSError, ValueError, MemoryError) as error:
            self._check_damage(error)

    def keep(self, known: Mapping[str, Known], changed: Collection[str]) -> bool:
        """Write the `changed` entries, deleting those gone from `known`; False if it failed."""
        import sqlite3

        try:
            if not self.is_sound:
                self._remove()
            is_new = self._make()
            if not self._is_usable():
                return True
            with closing(self._connect("rw")) as connection:
                self._write(connection, known, known if is_new else changed)
        except (sqlite3.Error, OSError, CannotStore, ValueError, MemoryError) as error:
            self._check_damage(error)
            return False
        self.is_sound = True
        return True

    def _write(
        self, connection: Connection, known: Mapping[str, Known], names: Collection[str]
    ) -> None:
        # The file need not survive a crash, so it is not synced and has no journal.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        gone = ((os.fsencode(name),) for name in names)
        connection.executemany("DELETE FROM rows WHERE name = ?", gone)
        places = ", ".join("?" * len(_COLUMNS))
        connection.executemany(f"INSERT INTO rows VALUES ({places})", self._encoded(known, names))
        connection.execute("COMMIT")

    def _encoded(
        self, known: Mapping[str, Known], names: Collection[str]
    ) -> Iterator[tuple[Any, ...]]:
        for name in names:
            found = known.get(name)
            if found is None or found.stamp is None or not _fits(found.stamp):
                continue
            number, problem, *rest = _shown(found.row)
            if not problem or problem.startswith(where := self._path_prefix(name)):
                # Without the path, which depends on the current directory.
                problem = problem and problem.removeprefix(where)
                held = (os.fsencode(name), *found.stamp, found.row.held)
                values = (*held, self._seal(held), found.policy, number, problem, *rest)
                yield (*values, self._seal(values))

    def _path_prefix(self, name: str) -> str:
        return clean_line(str(self._folder / name))

    def _seal(self, values: tuple[Any, ...]) -> bytes:
        """A checksum keyed by the build, which reveals damage and rows of other builds."""
        seal = self._empty_seal.copy()
        seal.update((_SEAL_FORMATS[len(values)] % values).encode())
        return seal.digest()

    # ── The file ─────────────────────────────────────────────────────────────────────────

    def _connect(self, mode: str) -> Connection:
        import sqlite3

        return sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=TIMEOUT_SECONDS,
            isolation_level=None,
        )

    def _is_usable(self) -> bool:
        """Whether a regular file is there that others cannot access; corrects its mode."""
        try:
            with safe_open.opened(self._path.parent) as folder:
                status = os.lstat(FILE, dir_fd=folder)
                if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                    return False
                now, due = stat.S_IMODE(status.st_mode), permissions.file_mode(self._path, folder)
                if now & ~due or (now != due and permissions.is_shared()):
                    self._set_mode(due, folder)
        except OSError:
            return False
        return True

    def _set_mode(self, mode: int, folder: int) -> None:
        """Set the mode of the file; raises OSError if it belongs to another account."""
        descriptor = safe_open.open_file(self._path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            os.fchmod(descriptor, mode)
            permissions.settle(descriptor, mode, folder)
        finally:
            os.close(descriptor)

    def _make(self) -> bool:
        """Create the file unless its path exists; True if it was created."""
        atomic.make_folder(self._path.parent)
        if os.path.lexists(self._path):
            return False
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        os.close(safe_open.open_file(self._path, flags, permissions.FILE_MODE))
        return True

    def _remove(self) -> None:
        if self._is_usable():
            for rest in ("", "-journal", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    safe_open.unlink(self._path.with_name(FILE + rest))

    def _check_damage(self, error: Exception) -> None:
        """Mark the file as unusable if `error` shows damage."""
        if isinstance(error, OSError | CannotStore):
            return
        # Errors of the Python module itself, such as invalid UTF-8, have no code.
        if getattr(error, "sqlite_errorcode", 1) & 0xFF in _DAMAGE_CODES:
            self.is_sound = False


def _fits(stamp: FileStamp) -> bool:
    return all(-_NUMBER_LIMIT <= number < _NUMBER_LIMIT for number in stamp[:5])
