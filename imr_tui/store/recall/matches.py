"""Finds rationales in the index, without ranking all that match."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from imr_tui.recall import query
from imr_tui.store.recall import rows
from imr_tui.store.safety.safe_open import SUFFIX

if TYPE_CHECKING:
    from imr_tui.recall.rationale import Rationale
    from imr_tui.recall.subject import Subject

NEWEST = 200
"""Matches that are ranked: ids are in the order of time, so that older ones are not even read."""
SHOWN = 50
"""Rationales that a search returns."""
_SEARCHED = ("number", "request", "cited", "text")


def search(
    database: sqlite3.Connection,
    words: Iterable[str],
    about: Subject,
    leave_out: tuple[str, int],
) -> Iterator[Rationale]:
    """The matches as in `RecallIndex.search`; raises sqlite3.Error or ValueError."""
    found = _distinct(database, _ranked(database, words, about), leave_out)
    for number, item in islice(found, SHOWN):
        values = database.execute(
            f"SELECT {rows.COLUMNS} FROM rationales WHERE rowid = ?", (number,)
        ).fetchone()
        if values is not None:
            yield rows.rationale_of(item, values)


def _ranked(database: sqlite3.Connection, words: Iterable[str], about: Subject) -> list[int]:
    """The ids of matches: those of the most similar requests first, of each level the newest."""
    wanted = query.beginnings(_SEARCHED, words)
    ids = dict[int, None]()
    for level in about.levels:
        ids |= _newest(database, query.both(wanted, query.one_of_each(("subject",), level)))
        if len(ids) >= NEWEST:
            return list(ids)
    return list(ids | _newest(database, wanted))


def _newest(database: sqlite3.Connection, match: str) -> dict[int, None]:
    matching = "WHERE rationales MATCH ?" if match else ""
    found = database.execute(
        f"SELECT rowid FROM rationales {matching} ORDER BY rowid DESC LIMIT {NEWEST}",
        (match,) if match else (),
    )
    return dict.fromkeys(number for (number,) in found)


def _distinct(
    database: sqlite3.Connection, ids: list[int], leave_out: tuple[str, int]
) -> Iterator[tuple[int, int]]:
    """The ids without equal texts, each with its item."""
    name, left_out = f"{leave_out[0]}{SUFFIX}", leave_out[1]
    marks = ", ".join("?" * len(ids))
    found = database.execute(f"SELECT id, name, item, digest FROM kept WHERE id IN ({marks})", ids)
    of = {number: rest for number, *rest in found}
    seen = {digest for at, item, digest in of.values() if (at, item) == (name, left_out)}
    for number in ids:
        if number in of and (digest := of[number][2]) not in seen:
            seen.add(digest)
            yield number, of[number][1]
