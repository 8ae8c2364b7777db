"""The file of the index: a private SQLite database that is made again if it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.config.account_folder import account_file, make_account_folder
from imr_tui.store.maintenance.build import fingerprint
from imr_tui.store.safety import safe_open
from imr_tui.store.safety.permissions import FILE_MODE

if TYPE_CHECKING:
    from pathlib import Path

FILE = "recall.sqlite"
FORMAT = 1
"""The version of the tables."""
WAIT_SECONDS = 0.2
"""How long a statement waits for another session of this account."""
_IN_MEMORY = ":memory:"

_STAMP = "inode INT, size INT, mtime_ns INT, ctime_ns INT, read_ns INT, digest BLOB"
_TEXT = "subject, number, request, cited, text"
_PLAIN = "decision UNINDEXED, day UNINDEXED, citations UNINDEXED"
_TOKENS = 'tokenize = "unicode61 remove_diacritics 2", prefix = "1 2"'
_TABLES = (
    "CREATE TABLE built (by TEXT)",
    f"CREATE TABLE files (name TEXT PRIMARY KEY, {_STAMP}) WITHOUT ROWID",
    "CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT, item INT, digest BLOB)",
    "CREATE INDEX kept_name ON kept (name)",
    f"CREATE VIRTUAL TABLE rationales USING fts5 ({_TEXT}, {_PLAIN}, {_TOKENS})",
    f"PRAGMA user_version = {FORMAT}",
)


def open_database(folder: Path) -> sqlite3.Connection:
    """The index of this account in a folder of cases; a new one if the file cannot be used.

    Where the disk does not take it, it is in memory. Never raises.
    """
    with suppress(OSError, CannotStore, sqlite3.Error):
        path = _private_file(folder)
        with suppress(sqlite3.DatabaseError):
            return _opened(path)
        if not _is_locked(path):
            _remove(path)
            return _opened(_private_file(folder))
    return _opened(_IN_MEMORY)


def is_damaged(error: Exception) -> bool:
    """Whether an error of a statement or of a value means that the index must be made again."""
    if isinstance(error, sqlite3.ProgrammingError):
        # It is closed.
        return False
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def made_again(folder: Path, damaged: sqlite3.Connection) -> sqlite3.Connection:
    """A blank index in place of a damaged one; never raises."""
    with suppress(sqlite3.Error):
        damaged.close()
    with suppress(OSError, CannotStore):
        _remove(_private_file(folder))
    return open_database(folder)


def _private_file(folder: Path) -> Path:
    """The path of the file, made if it is missing; only its owner may access it."""
    make_account_folder(folder)
    path = account_file(folder, FILE)
    with safe_open.opened(path.parent) as above:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(path.name, flags, FILE_MODE, dir_fd=above)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                raise OSError(f"{path} is not a file of imr-tui")
            os.fchmod(descriptor, FILE_MODE)
        finally:
            os.close(descriptor)
    return path


def _opened(path: Path | str) -> sqlite3.Connection:
    """The database at `path`, with its tables; raises sqlite3.Error."""
    database = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        # Neither in /tmp nor in pages that are no longer used.
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA synchronous = NORMAL")
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            _make_tables(database)
        _require_current(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_tables(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    for each in _TABLES:
        database.execute(each)
    database.execute("INSERT INTO built VALUES (?)", (fingerprint(),))
    database.execute("COMMIT")


def _require_current(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError unless this build of the program made the tables."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version != FORMAT or database.execute("SELECT by FROM built").fetchall() != [
        (fingerprint(),)
    ]:
        raise sqlite3.DatabaseError("another build of the program made it")
    for table in ("rationales", "kept", "files"):
        database.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()


def _is_locked(path: Path) -> bool:
    """Whether another process writes the file, so that it must not be removed."""
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    except sqlite3.Error:
        pass
    return False


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-journal")):
        with suppress(FileNotFoundError):
            safe_open.unlink(each)
