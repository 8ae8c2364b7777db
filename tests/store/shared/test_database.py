"""The shared store as a session uses it: who may connect, and what happens when it is lost."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, ImrError, StatementRefused, Unreachable
from imr_tui.store.shared.connection import database as database_module, server_probe, servers
from imr_tui.store.shared.connection.address import Address
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.identity import Identity, ServerFacts
from imr_tui.store.shared.connection.server_choice import SchemaTooNew
from imr_tui.store.shared.connection.server_memory import ServerMemory
from imr_tui.store.shared.schema.files import SCHEMA
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import OWNER, SharedDatabase
from tests.postgres.server import wait_until
from tests.store.shared.stores import address, database_of

pytestmark = pytest.mark.process

SOON = 0.3
WRITE = (
    "insert into audit (entry, host, session, number, event)"
    " values (gen_random_uuid(), '', '', '', %(event)s)"
)
RIGHTS = [
    ("alter role dave bypassrls", "alter role dave nobypassrls", "may see every row"),
    ("grant imr_owner to dave", "revoke imr_owner from dave", "may see every row"),
    ("alter role dave set role = 'imr_reviewer'", "alter role dave reset role", "turned the role"),
    ("revoke imr_reviewer from dave", "grant imr_reviewer to dave", "has no rights"),
]
"""Statements that change what a role may do, that undo it, and why the app refuses the role."""


@pytest.fixture
def store(shared_database: SharedDatabase) -> SharedDatabase:
    """A database with empty tables."""
    return shared_database


@pytest.fixture
def own_store(postgres: Cluster, shared_template: str) -> Iterator[SharedDatabase]:
    """A database whose schema and epoch a test may change."""
    postgres.create_database("imr_own", owner=OWNER, template=shared_template)
    yield SharedDatabase(postgres, "imr_own")
    postgres.drop_database("imr_own")


@pytest.fixture
def where(store: SharedDatabase) -> Address:
    return address(store.cluster, "alice", store.name)


@pytest.fixture
def database(where: Address, tmp_path: Path) -> Iterator[Database]:
    with closing(database_of(where, tmp_path)) as database:
        yield database


@pytest.fixture
def silent() -> Iterator[tuple[str, int]]:
    """A server that takes connections, and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        yield host, port


@pytest.fixture
def closed_port() -> tuple[str, int]:
    """A port at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
    return host, port


def lose(store: SharedDatabase, database: Database) -> None:
    """End the session as an administrator does."""
    [(pid,)] = database.run("select pg_backend_pid()")
    assert store.psql(f"select pg_terminate_backend({pid}, 10000)") == [["t"]]


def refused(where: Address, folder: Path) -> ImrError:
    """The error with which a session is refused."""
    with closing(database_of(where, folder)) as database, pytest.raises(ImrError) as caught:
        database.run("select 1")
    assert not database.is_connected
    return caught.value


def test_it_connects_with_its_first_statement(database: Database, tmp_path: Path) -> None:
    assert not database.is_connected
    assert database.run("select current_user::text") == [("alice",)]
    assert database.is_connected
    database.close()
    assert not database.is_connected
    assert database.newest() == Identity(1, 1)
    assert ServerMemory(tmp_path).highest() == Identity(1, 1)


def test_it_connects_again_after_a_loss(store: SharedDatabase, database: Database) -> None:
    lose(store, database)
    with pytest.raises(Unreachable):
        database.run("select 1")
    assert not database.is_connected
    assert database.run("select 1") == [(1,)]


def test_nothing_of_a_lost_transaction_goes_to_another_connection(
    store: SharedDatabase, database: Database
) -> None:
    def lose_it_inside() -> None:
        with database.transaction():
            database.run(WRITE, {"event": "first"})
            lose(store, database)
            with suppress(Unreachable):
                database.run(WRITE, {"event": "second"})
            database.run(WRITE, {"event": "third"})

    with pytest.raises(Unreachable):
        lose_it_inside()
    assert store.psql("select event from audit") == []
    with database.transaction():
        database.run(WRITE, {"event": "fourth"})
    assert store.psql("select event from audit") == [["fourth"]]


def test_roles_that_no_policy_binds_are_refused(store: SharedDatabase, tmp_path: Path) -> None:
    for role in (OWNER, "postgres"):
        error = refused(address(store.cluster, role, store.name), tmp_path)
        assert isinstance(error, BadInput)
        assert "may see every row" in str(error)
    assert not (tmp_path / ".imr" / "shared").exists()


def test_a_role_with_other_rights_is_refused(store: SharedDatabase, tmp_path: Path) -> None:
    where = address(store.cluster, "dave", store.name)
    store.cluster.add_role("dave", groups=["imr_reviewer"])
    try:
        with closing(database_of(where, tmp_path)) as dave:
            assert dave.run("select 1") == [(1,)]
        for change, undone, why in RIGHTS:
            store.psql(change)
            error = refused(where, tmp_path)
            assert isinstance(error, BadInput)
            assert why in str(error)
            store.psql(undone)
    finally:
        store.psql("drop role dave")


def test_the_owner_may_connect_to_set_up(shared_database: SharedDatabase, tmp_path: Path) -> None:
    where = address(shared_database.cluster, OWNER, shared_database.name)
    (tmp_path / ".imr").mkdir()
    memory = ServerMemory(tmp_path)
    memory.note(Identity(9, 9))
    with closing(Database(where, memory, for_setup=True)) as database:
        assert database.run("select current_user::text") == [(OWNER,)]
    assert memory.highest() == Identity(9, 9)


def test_a_database_that_is_not_set_up_or_has_another_schema_is_refused(
    own_store: SharedDatabase, tmp_path: Path
) -> None:
    where = address(own_store.cluster, "alice", own_store.name)
    own_store.psql(f"insert into schema values ({SCHEMA + 1})")
    assert isinstance(refused(where, tmp_path), SchemaTooNew)
    own_store.psql("update schema set version = version - 100")
    assert "shared migrate" in str(refused(where, tmp_path))
    own_store.psql("drop table schema")
    assert "shared init" in str(refused(where, tmp_path))


def test_a_server_below_what_the_folder_has_seen_is_refused(
    own_store: SharedDatabase, tmp_path: Path
) -> None:
    where = address(own_store.cluster, "alice", own_store.name)
    with closing(database_of(where, tmp_path)) as database:
        database.run("select 1")
        ServerMemory(tmp_path).note(Identity(1, 2))
        # The connection there was is not used any more, either.
        with pytest.raises(Unreachable, match="former primary"):
            database.run("select 1")
        own_store.psql("insert into epoch values (2)")
        assert database.newest() == Identity(2, 1)
    assert ServerMemory(tmp_path).highest() == Identity(2, 1)


def test_a_statement_that_is_refused_keeps_the_connection(database: Database) -> None:
    connection = database.connect()
    with pytest.raises(StatementRefused):
        database.run("select 1/0")
    assert database.connect() is connection


def test_a_server_that_is_silent_does_not_keep_anybody_waiting(
    where: Address, silent: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "OTHERS_SECONDS", SOON)
    both = where._replace(hosts=(silent, *where.hosts))
    with closing(database_of(both, tmp_path)) as database:
        # Waiting for all of them would last until the test is ended.
        assert database.run("select 1", seconds=600.0) == [(1,)]
    with (
        closing(database_of(where._replace(hosts=(silent,)), tmp_path)) as database,
        pytest.raises(Unreachable, match=r"did not answer within 0\.3 seconds"),
    ):
        database.run("select 1", seconds=SOON)


def test_a_replica_is_asked_again_while_another_server_is_silent(
    where: Address, silent: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "OTHERS_SECONDS", SOON)
    monkeypatch.setattr(servers, "AGAIN_SECONDS", 0.01)
    asked: list[str] = []
    facts_of = server_probe.facts_of

    def promoted_later(connection: Connection, seconds: float) -> ServerFacts:
        asked.append(connection.server)
        return facts_of(connection, seconds)._replace(is_writable=len(asked) > 3)

    monkeypatch.setattr(server_probe, "facts_of", promoted_later)
    both = where._replace(hosts=(silent, *where.hosts))
    with closing(database_of(both, tmp_path)) as database:
        # Waiting for the silent one would last until the test is ended.
        assert database.run("select 1", seconds=600.0) == [(1,)]
    assert len(asked) == 4


def test_what_hangs_is_given_up_once_there_is_a_newer_primary(
    where: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "OTHERS_SECONDS", SOON)
    monkeypatch.setattr(database_module, "SLOW_SECONDS", SOON)

    def note_newer(address: Address, memory: ServerMemory) -> None:
        memory.note(Identity(1, 2))

    monkeypatch.setattr(servers, "note_newest", note_newer)
    # The same server twice stands for two.
    with closing(database_of(where._replace(hosts=where.hosts * 2), tmp_path)) as database:
        with pytest.raises(Unreachable, match="is a former primary"):
            database.run("select pg_sleep(600)", seconds=600.0)
        assert not database.is_connected


def test_a_slow_statement_is_left_alone_if_there_is_no_newer_primary(
    where: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "OTHERS_SECONDS", SOON)
    monkeypatch.setattr(database_module, "SLOW_SECONDS", 0.01)
    looked: list[Address] = []
    monkeypatch.setattr(servers, "note_newest", lambda address, memory: looked.append(address))
    with closing(database_of(where._replace(hosts=where.hosts * 2), tmp_path)) as database:
        assert database.run("select 1 from pg_sleep(0.5)") == [(1,)]
        assert database.is_connected
    assert looked


def test_a_look_ends_with_the_first_newer_server(
    where: Address, silent: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "SECONDS", 600.0)
    (tmp_path / ".imr").mkdir()
    memory = ServerMemory(tmp_path)
    servers.note_newest(where._replace(hosts=(silent, *where.hosts)), memory)
    assert memory.highest() == Identity(1, 1)


def test_a_server_of_another_kind_does_not_hide_the_primary(
    where: Address,
    closed_port: tuple[str, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    facts_of = server_probe.facts_of

    def first_refuses(connection: Connection, seconds: float) -> ServerFacts:
        asked.append(connection.server)
        if len(asked) == 1:
            raise StatementRefused("There is no such function.", "42883")
        return facts_of(connection, seconds)

    monkeypatch.setattr(server_probe, "facts_of", first_refuses)
    with closing(database_of(where._replace(hosts=where.hosts * 2), tmp_path)) as database:
        assert database.run("select 1") == [(1,)]
    asked.clear()
    # A server that cannot be reached answers first, but a repeat would not help.
    error = refused(where._replace(hosts=(closed_port, *where.hosts)), tmp_path)
    assert isinstance(error, StatementRefused)


def test_a_refused_connection_says_why(
    where: Address, closed_port: tuple[str, int], tmp_path: Path
) -> None:
    error = refused(where._replace(hosts=(closed_port,)), tmp_path)
    assert isinstance(error, Unreachable)
    assert "refused" in str(error)


def test_a_survey_has_an_answer_for_each_server(
    where: Address, closed_port: tuple[str, int], silent: tuple[str, int]
) -> None:
    hosts = (silent, *where.hosts, closed_port)
    answers = servers.survey(where._replace(hosts=hosts), seconds=1.0)
    assert [answer.server for answer in answers] == [f"{host}:{port}" for host, port in hosts]
    first, second, third = answers
    assert second.facts
    assert second.facts.identity == Identity(1, 1)
    assert "did not answer" in str(first.error)
    assert "refused" in str(third.error)


def test_no_connection_is_left_behind(
    store: SharedDatabase, where: Address, tmp_path: Path
) -> None:
    sessions = "select count(*) from pg_stat_activity where datname = current_database()"
    twice = where._replace(hosts=where.hosts * 2)
    with closing(database_of(twice, tmp_path)) as database:
        database.run("select 1")
        servers.survey(twice)
        servers.note_newest(twice, ServerMemory(tmp_path))
        settled(lambda: store.psql(sessions) == [["2"]])
    settled(lambda: store.psql(sessions) == [["1"]])


def settled(is_so: Callable[[], bool]) -> None:
    """Wait until the server has noticed the end of sessions."""
    wait_until(is_so, "the sessions have ended")
