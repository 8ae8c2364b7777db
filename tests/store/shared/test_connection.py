"""Statements on a real server, and what becomes of them when it fails."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, StatementRefused, Unreachable
from imr_tui.store.shared.connection import connection as connection_module
from imr_tui.store.shared.connection.address import Address, address_of
from imr_tui.store.shared.connection.connection import Connection, Notification
from tests.postgres.cluster import Cluster
from tests.postgres.server import wait_until
from tests.store.shared.stores import SECONDS, address, connected

pytestmark = pytest.mark.process

DATABASE = "postgres"
SOON = 0.3
"""Seconds for what must not come back."""


@pytest.fixture
def where(postgres: Cluster) -> Address:
    """The address of a database in which alice makes temporary tables only."""
    return address(postgres, "alice", DATABASE)


@pytest.fixture
def connection(where: Address) -> Iterator[Connection]:
    with closing(connected(where)) as connection:
        yield connection


@pytest.fixture(scope="module")
def own_server(can_run_servers: None) -> Iterator[Cluster]:
    """A server that may be suspended and killed; its database is `imr`, its role `alice`."""
    with Cluster.create() as cluster:
        cluster.add_role("alice")
        cluster.create_database("imr")
        yield cluster


def test_a_statement_has_rows_and_values(connection: Connection) -> None:
    values = {"text": "50 % of it\n'quoted'", "body": bytes(range(256)), "number": 7}
    sql = "select %(text)s::text, %(body)s::bytea, %(number)s::int, 'a%%' like 'a%%', null"
    assert connection.run(sql, values) == [(*values.values(), True, None)]
    assert connection.run("select 'abc' like 'a%'") == [(True,)]
    assert connection.run("create temp table one (x int); insert into one values (1)") == []
    assert connection.run("select x from one where false") == []


def test_the_session_says_who_it_is_and_has_its_settings(connection: Connection) -> None:
    names = ("application_name", "client_encoding", "timezone", "statement_timeout", "search_path")
    sql = "select current_setting(name) from unnest(%(names)s::text[]) with ordinality as a(name)"
    rows = [row for (row,) in connection.run(sql, {"names": list(names)})]
    assert rows == ["imr-tui", "UTF8", "UTC", "10s", "public"]


def test_a_transaction_is_done_whole_or_not_at_all(connection: Connection) -> None:
    connection.run("create temp table letters (x text primary key)")
    with connection.transaction():
        connection.run("insert into letters values ('a')")
        connection.run("insert into letters values ('b')")

    def fail_inside() -> None:
        with connection.transaction():
            connection.run("insert into letters values ('c')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert connection.run("select x from letters order by x") == [("a",), ("b",)]


def test_a_transaction_whose_fault_was_caught_does_not_pass_for_done(
    connection: Connection,
) -> None:
    connection.run("create temp table letters (x text primary key)")

    def catch_inside() -> None:
        with connection.transaction():
            connection.run("insert into letters values ('a')")
            with suppress(StatementRefused):
                connection.run("select 1/0")

    with pytest.raises(StatementRefused, match="undid"):
        catch_inside()
    assert connection.run("select x from letters") == []


@pytest.mark.parametrize(
    ("sql", "state"),
    [
        ("select 1/0", "22012"),
        ("selec", "42601"),
        ("select * from missing", "42P01"),
        ("create role mallory", "42501"),
        ("create temp table x (y int primary key); insert into x values (1), (1)", "23505"),
    ],
)
def test_a_refused_statement_has_its_code(connection: Connection, sql: str, state: str) -> None:
    with pytest.raises(StatementRefused) as caught:
        connection.run(sql)  # type: ignore[arg-type,unused-ignore]
    assert caught.value.sqlstate == state
    assert connection.run("select 1") == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "set transaction_read_only = on; create table x ()",
        "set statement_timeout = 1; select pg_sleep(9)",
        "do $$ begin raise sqlstate '53100'; end $$",
        "do $$ begin raise sqlstate '40001'; end $$",
        "do $$ begin raise sqlstate '57P01'; end $$",
        "do $$ begin raise sqlstate '58030'; end $$",
        "do $$ begin raise sqlstate 'XX001'; end $$",
    ],
)
def test_what_another_time_may_allow_is_unreachable(connection: Connection, sql: str) -> None:
    with pytest.raises(Unreachable, match="Your own folder still works"):
        connection.run(sql)


def test_a_value_that_postgresql_has_not_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementRefused, match="NUL"):
        connection.run("select %(text)s::text", {"text": "a\0b"})


def test_a_statement_that_takes_too_long_ends_with_the_connection(where: Address) -> None:
    with closing(connected(where)) as connection:
        with pytest.raises(Unreachable, match=r"did not answer within 0\.3 seconds"):
            connection.run("select pg_sleep(60)", seconds=SOON)
        assert connection.is_closed
        with pytest.raises(Unreachable):
            connection.run("select 1")


def test_the_time_of_a_transaction_is_that_of_all_its_statements(where: Address) -> None:
    def sleep_in_short_statements(connection: Connection) -> None:
        with connection.transaction(SOON):
            while True:
                connection.run("select pg_sleep(0.01)", seconds=60.0)

    with (
        closing(connected(where)) as connection,
        pytest.raises(Unreachable, match="did not answer"),
    ):
        sleep_in_short_statements(connection)


def test_a_caller_may_allow_a_statement_more_time_than_usual(connection: Connection) -> None:
    sql = "select current_setting('statement_timeout')"
    assert connection.run(sql, seconds=90) == [("90s",)] or connection.run(sql) == [("90s",)]
    with connection.transaction(120):
        assert connection.run(sql) == [("2min",)]


def test_what_others_notify_arrives(where: Address, connection: Connection) -> None:
    connection.run("listen cases")
    assert connection.notifications() == []
    with closing(connected(where)) as other:
        other.run("select pg_notify('cases', 'MCM-1')")
    assert connection.notifications(SECONDS) == [Notification("cases", "MCM-1")]


def end_session(server: Cluster, connection: Connection) -> None:
    """End a session as an administrator does, and wait until it has ended."""
    assert server.psql(f"select pg_terminate_backend({pid_of(connection)}, 10000)", DATABASE) == [
        ["t"]
    ]


def pid_of(connection: Connection) -> int:
    """The process of the server for a connection."""
    ((pid,),) = connection.run("select pg_backend_pid()")
    return int(pid)


def test_a_session_that_the_server_ended_is_unreachable(
    postgres: Cluster, connection: Connection
) -> None:
    end_session(postgres, connection)
    with pytest.raises(Unreachable, match="Your own folder still works"):
        connection.run("select 1")
    assert connection.is_closed


def test_a_lost_connection_writes_nothing_on_the_screen(
    postgres: Cluster,
    connection: Connection,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Those of pytest; without any, Python writes warnings on standard error.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])

    def lose_it_inside() -> None:
        with connection.transaction():
            end_session(postgres, connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lose_it_inside()
    assert capfd.readouterr() == ("", "")


def test_every_thread_ends_with_its_connection(where: Address) -> None:
    before = threading.active_count()
    for _ in range(3):
        connected(where).close()
    wait_until(lambda: threading.active_count() == before, "the threads have ended")


def test_a_stopped_process_of_the_server_ends_at_the_deadline(where: Address) -> None:
    with closing(connected(where)) as connection:
        pid = pid_of(connection)
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(Unreachable, match="did not answer"):
                connection.run("select 1", seconds=SOON)
        finally:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.slow
def test_a_suspended_server_ends_at_the_deadline(own_server: Cluster) -> None:
    where = address(own_server)
    with closing(connected(where)) as connection, closing(connected(where)) as sending:
        own_server.suspend()
        try:
            with pytest.raises(Unreachable, match="did not answer"):
                connection.run("select 1", seconds=SOON)
            # More than the buffers of both sides take.
            with pytest.raises(Unreachable, match="did not answer"):
                sending.run("select %(text)s::text", {"text": "x" * 20_000_000}, seconds=SOON)
        finally:
            own_server.resume()


@pytest.mark.slow
def test_connecting_to_a_suspended_server_ends(own_server: Cluster) -> None:
    own_server.suspend()
    try:
        with pytest.raises(Unreachable, match="timeout expired"):
            connected(address(own_server), 1.0)
    finally:
        own_server.resume()


def test_a_server_of_another_authority_is_refused(postgres: Cluster, where: Address) -> None:
    certificate, _ = postgres.certificates.of_role("alice")
    parameters = {**where.parameters, "sslrootcert": str(certificate)}
    with pytest.raises(Unreachable, match="certificate verify failed"):
        connected(where._replace(parameters=parameters))


def test_a_server_with_another_name_is_refused(where: Address) -> None:
    # The certificate is for the address, not for this name of it.
    with pytest.raises(Unreachable, match="localhost"):
        connected(where._replace(hosts=(("localhost", where.hosts[0][1]),)))


def test_another_role_than_that_of_the_certificate_is_refused(where: Address) -> None:
    with pytest.raises(Unreachable, match="certificate authentication failed"):
        connected(where._replace(role="postgres"))


@pytest.fixture
def passfile(postgres: Cluster, tmp_path: Path) -> Path:
    """The password of a role that has one."""
    if not postgres.psql("select 1 from pg_roles where rolname = 'scram'", "postgres"):
        postgres.add_role("scram", password="a secret")
    path = tmp_path / "passfile"
    path.write_text(f"{postgres.host}:{postgres.port}:postgres:scram:a secret\n")
    path.chmod(0o600)
    return path


def with_passfile(server: Cluster, path: Path) -> Address:
    url = server.url("scram", DATABASE, with_certificate=False)
    return address_of(f"{url}&passfile={path}", "scram")


def test_a_password_comes_from_a_private_file(postgres: Cluster, passfile: Path) -> None:
    with closing(connected(with_passfile(postgres, passfile))) as connection:
        assert connection.run("select current_user::text") == [("scram",)]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_of_passwords_that_others_may_read_is_refused(
    postgres: Cluster, passfile: Path, mode: int, capfd: pytest.CaptureFixture[str]
) -> None:
    passfile.chmod(mode)
    with pytest.raises(BadInput, match="chmod 600"):
        connected(with_passfile(postgres, passfile))
    assert capfd.readouterr() == ("", "")


def test_a_file_of_passwords_of_another_account_or_none_is_refused(
    postgres: Cluster, passfile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match="could not be read"):
        connected(with_passfile(postgres, passfile.with_name("missing")))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(BadInput, match="must belong to your account"):
        connected(with_passfile(postgres, passfile))


def test_nothing_of_the_environment_changes_where_it_connects(
    where: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGHOST": "192.0.2.1",
        "PGHOSTADDR": "192.0.2.1",
        "PGPORT": "1",
        "PGDATABASE": "other",
        "PGUSER": "bob",
        "PGSSLMODE": "disable",
        "PGOPTIONS": "-c statement_timeout=1",
        "PGTARGETSESSIONATTRS": "standby",
    }.items():
        monkeypatch.setenv(name, value)
    with closing(connected(where)) as connection:
        rows = connection.run("select current_user::text, current_setting('statement_timeout')")
    assert rows == [("alice", "10s")]


def test_a_wait_for_a_replica_that_was_given_up_is_not_a_success(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a warning of PostgreSQL names the function that sent it; `raise` is plpgsql's.
    monkeypatch.setattr(connection_module, "_WAITS_FOR_REPLICA", "exec_stmt_raise")
    with pytest.raises(Unreachable, match="without its replica"):
        connection.run("do $$ begin raise warning 'given up'; end $$")
    assert connection.run("select 1") == [(1,)]
