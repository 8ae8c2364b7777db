"""Migrations of the shared store: one transaction each, and never backwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, StatementRefused
from imr_tui.store.shared.connection import server_choice
from imr_tui.store.shared.connection.address import address_of
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_choice import SchemaTooNew
from imr_tui.store.shared.connection.server_memory import ServerMemory
from imr_tui.store.shared.schema.files import FOLDER, SCHEMA
from imr_tui.store.shared.schema.migrations import (
    apply,
    begin_epoch,
    installed,
    migrations,
    prepare,
)
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import OWNER, SharedDatabase
from tests.postgres.programs import ProgramFailed
from tests.store.shared import sessions

pytestmark = pytest.mark.process
NEXT = SCHEMA + 1


@pytest.fixture
def empty(postgres: Cluster) -> Iterator[SharedDatabase]:
    """A database without tables."""
    postgres.create_database("imr_empty", owner=OWNER)
    yield SharedDatabase(postgres, "imr_empty")
    postgres.drop_database("imr_empty")


@pytest.fixture
def owner(empty: SharedDatabase) -> Iterator[Connection]:
    opened = sessions.connection(empty, OWNER)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test adds one."""
    return Path(shutil.copytree(FOLDER, tmp_path / "migrations"))


def with_next(folder: Path, sql: str) -> Path:
    (folder / f"{NEXT:04}_next.sql").write_text(sql)
    return folder


def test_the_migrations_are_numbered_without_gaps() -> None:
    assert [each.number for each in migrations()] == list(range(1, SCHEMA + 1))


def test_all_are_applied_once(owner: Connection, empty: SharedDatabase) -> None:
    assert installed(owner) == 0
    prepare(owner)
    assert apply(owner) == list(range(1, SCHEMA + 1))
    assert installed(owner) == SCHEMA
    assert apply(owner) == []
    assert empty.psql("select count(*) from cases", "alice") == [["0"]]


def test_only_members_of_the_groups_may_connect(
    owner: Connection, empty: SharedDatabase, postgres: Cluster
) -> None:
    postgres.add_role("mallory")
    assert empty.psql("select 1", "mallory") == [["1"]]
    prepare(owner)
    prepare(owner)
    with pytest.raises(ProgramFailed, match="permission denied for database"):
        empty.psql("select 1", "mallory")
    with pytest.raises(ProgramFailed, match="permission denied to create temporary"):
        empty.psql("create temporary table mine ()", "bob")


def test_the_next_one_keeps_what_is_there(
    owner: Connection, empty: SharedDatabase, folder: Path
) -> None:
    apply(owner)
    sql = f"alter table cases add more text; insert into schema (version) values ({NEXT});"
    assert apply(owner, with_next(folder, sql)) == [NEXT]
    assert installed(owner) == NEXT


@pytest.mark.parametrize(
    "sql",
    [
        "create table more (); select 1 / 0",
        "create table more ()",
        f"create table more (); insert into schema (version) values ({NEXT + 1});",
    ],
)
def test_one_that_fails_leaves_nothing(
    owner: Connection, empty: SharedDatabase, folder: Path, sql: str
) -> None:
    apply(owner)
    with pytest.raises((StatementRefused, BadInput)):
        apply(owner, with_next(folder, sql))
    assert installed(owner) == SCHEMA
    assert empty.psql("select to_regclass('more') is null") == [["t"]]


def test_the_first_one_that_fails_leaves_nothing(owner: Connection, folder: Path) -> None:
    first = migrations(folder)[0].path
    first.write_text(first.read_text() + "select 1 / 0;")
    with pytest.raises(StatementRefused):
        apply(owner, folder)
    assert installed(owner) == 0


def test_an_older_program_refuses_a_newer_schema(
    owner: Connection, empty: SharedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(owner)
    database = Database(address_of(empty.url("alice"), "alice"), ServerMemory(tmp_path))
    (tmp_path / ".imr").mkdir()
    assert database.run("select count(*) from cases") == [(0,)]
    database.close()
    owner.run(f"insert into schema (version) values ({NEXT})")
    with pytest.raises(SchemaTooNew, match=f"schema {NEXT}"):
        database.run("select count(*) from cases")
    with pytest.raises(SchemaTooNew, match=f"schema {NEXT}"):
        apply(owner)
    monkeypatch.setattr(server_choice, "SCHEMA", NEXT)
    assert database.run("select count(*) from cases") == [(0,)]
    database.close()


def test_a_new_epoch_is_higher(owner: Connection) -> None:
    apply(owner)
    first = begin_epoch(owner)
    assert 1 < first < begin_epoch(owner)
    # A second restore of the backup: the epoch of the first one was seen, but is not there.
    owner.run("delete from epoch where number > 1")
    assert begin_epoch(owner) >= first
