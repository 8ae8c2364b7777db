"""Compares every case, version and file of the shared store with its stored digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imr_tui.store.shared.connection.database import Database

_BATCH = 500
"""How many rows the server reads for one answer."""
_SECONDS = 120.0


class _Table(NamedTuple):
    """How to read one table by its key."""

    words: str
    """What a row is called, with its key in it."""
    how_many: LiteralString
    first: tuple[str | int, str | int]
    """A key below all others."""
    rows: LiteralString
    """Its next rows: both parts of the key, and whether the digest fits."""


_TABLES = (
    _Table(
        "{0}",
        "select count(*) from cases",
        ("", 0),
        """
select number, 0, digest = sha256(body) from cases
where number > %(first)s order by number limit %(limit)s
""",
    ),
    _Table(
        "version {1} of {0}",
        "select count(*) from versions",
        ("", 0),
        """
select number, version, digest = sha256(body) from versions
where (number, version) > (%(first)s, %(second)s) order by number, version limit %(limit)s
""",
    ),
    _Table(
        "{1} of {0}",
        "select count(*) from files",
        ("", ""),
        """
select number, path, digest = sha256(body) from files
where (number, path) > (%(first)s, %(second)s) order by number, path limit %(limit)s
""",
    ),
)


class Verified(NamedTuple):
    """One text of the shared store."""

    name: str
    """What it is, for people, such as `version 3 of CM26-0190442`."""
    is_intact: bool
    """Whether its SHA-256 is the stored one."""


def count_texts(database: Database) -> int:
    """How many texts the role sees; raises Unreachable."""
    return sum(database.run(table.how_many, seconds=_SECONDS)[0][0] for table in _TABLES)


def verify(database: Database) -> Iterator[Verified]:
    """All texts that the role sees: cases, then versions, then files; raises Unreachable.

    The server computes the digests, so that no text has to travel.
    """
    for table in _TABLES:
        first, second = table.first
        while rows := database.run(
            table.rows, {"first": first, "second": second, "limit": _BATCH}, seconds=_SECONDS
        ):
            for first, second, is_intact in rows:
                yield Verified(table.words.format(first, second), is_intact)
