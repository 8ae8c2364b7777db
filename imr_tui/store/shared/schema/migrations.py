"""Creates the tables of the shared store, and brings them up to date, one file at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.store.shared.connection.server_choice import SchemaTooNew
from imr_tui.store.shared.schema.files import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.store.shared.connection.connection import Connection

SECONDS = 3_600.0
"""How long a migration may take: one that rewrites a large table takes minutes."""

_IS_THERE = "select to_regclass('public.schema') is not null"
_NEWEST = "select coalesce(max(version), 0) from public.schema"
# Only members of the groups may connect, and nobody else may make temporary tables or functions.
_PREPARE = """
do $$
begin
    if not exists (select from pg_roles where rolname = 'imr_reviewer') then
        create role imr_reviewer nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'imr_coordinator') then
        create role imr_coordinator nologin;
    end if;
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to imr_reviewer, imr_coordinator', current_database()
    );
end
$$
"""
# The time, such as 20261130180000123, because a backup may be restored twice: the database does not
# know the epoch that began after the first time, but sessions do.
_BEGIN_EPOCH = """
insert into epoch (number)
select greatest(max(number) + 1, to_char(clock_timestamp(), 'YYYYMMDDHH24MISSMS')::bigint)
from epoch
returning number
"""


class Migration(NamedTuple):
    """One step from a schema to the next."""

    number: int
    """The schema that it makes."""
    path: Path
    """Its SQL file, which inserts its number into the table `schema`."""


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """All migrations, in their order."""
    return [Migration(int(path.name[:4]), path) for path in sorted(folder.glob("*.sql"))]


def installed(connection: Connection) -> int:
    """The schema of the database; 0 if it has no tables. Raises ImrError."""
    if not connection.run(_IS_THERE)[0][0]:
        return 0
    return int(connection.run(_NEWEST)[0][0])


def prepare(connection: Connection) -> None:
    """Create the groups of reviewers and coordinators, and keep others out of the database.

    To be called once, as a role that may create roles unless both groups exist, and that owns the
    database. Raises ImrError.
    """
    connection.run(_PREPARE)


def apply(connection: Connection, folder: Path = FOLDER) -> list[int]:
    """Apply the migrations that are missing, as the owner; returns their numbers.

    Each is one transaction: one that fails leaves the schema before it. Raises SchemaTooNew if the
    database has a newer schema than this program, ImrError.
    """
    steps = migrations(folder)
    known = steps[-1].number
    if (there := installed(connection)) > known:
        raise SchemaTooNew(
            f"The shared store has schema {there}, but this program knows {known}. Nothing was "
            "changed. Install the newer imr-tui."
        )
    missing = [step for step in steps if step.number > there]
    for step in missing:
        _apply(connection, step)
    return [step.number for step in missing]


def begin_epoch(connection: Connection) -> int:
    """Begin a new epoch, as after a backup was restored; returns its number. Raises ImrError.

    From then on, sessions refuse every server with an earlier one.
    """
    return int(connection.run(_BEGIN_EPOCH)[0][0])


def _apply(connection: Connection, step: Migration) -> None:
    sql = step.path.read_text(encoding="utf-8")
    with connection.transaction(SECONDS):
        connection.run(sql, seconds=SECONDS)
        if (now := installed(connection)) != step.number:
            raise BadInput(
                f"{step.path.name} made schema {now} instead of {step.number}. It was undone."
            )
