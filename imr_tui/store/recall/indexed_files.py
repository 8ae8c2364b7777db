"""The case files that the index knows, with their rationales; raises sqlite3.Error."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.recall import rows
from imr_tui.store.recall.own_cases import rationales_in
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.worklist.case_files import FileStamp, stamp_of

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from imr_tui.recall.rationale import Rationale


def stamps(database: sqlite3.Connection) -> dict[str, FileStamp]:
    """The stamps of the files, by name."""
    found = database.execute(
        "SELECT name, inode, size, mtime_ns, ctime_ns, read_ns, digest FROM files"
    )
    return {name: FileStamp(*stamp) for name, *stamp in found}


def forget(database: sqlite3.Connection, name: str) -> None:
    """Remove what is known of a file."""
    ids = database.execute("SELECT id FROM kept WHERE name = ?", (name,)).fetchall()
    database.executemany("DELETE FROM rationales WHERE rowid = ?", ids)
    database.execute("DELETE FROM kept WHERE name = ?", (name,))
    database.execute("DELETE FROM files WHERE name = ?", (name,))


def read(database: sqlite3.Connection, path: Path, status: os.stat_result) -> bool:
    """Index a file that has this status; False if it holds what is known already."""
    name, moment = path.name, time.time_ns()
    try:
        data = read_bytes(path)
    except CannotStore:
        forget(database, name)
        return True
    stamp = stamp_of(status, moment, data)
    known = database.execute("SELECT digest FROM files WHERE name = ?", (name,)).fetchone()
    is_same = known == (stamp.digest,)
    if not is_same:
        forget(database, name)
        for each in rationales_in(path, data, stamp.mtime_ns):
            add(database, name, each, stamp)
    database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", (name, *stamp))
    return not is_same


def add(database: sqlite3.Connection, name: str, rationale: Rationale, stamp: FileStamp) -> None:
    """Add a rationale of a file."""
    first = rows.first_id(rationale, stamp)
    (last,) = database.execute(
        "SELECT max(id) FROM kept WHERE id BETWEEN ? AND ?", (first, rows.last_id(first))
    ).fetchone()
    number = first if last is None else last + 1
    database.execute(
        "INSERT INTO kept VALUES (?, ?, ?, ?)",
        (number, name, rationale.item, rows.digest(rationale)),
    )
    database.execute(
        f"INSERT INTO rationales (rowid, {rows.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *rows.row(rationale)),
    )
