"""The servers that other tests rely on."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.postgres.cluster import FAST, Cluster
from tests.postgres.disk import Disk
from tests.postgres.fixtures import SharedDatabase
from tests.postgres.network import Namespace
from tests.postgres.programs import ENVIRONMENT, ProgramFailed, program
from tests.postgres.server import ServerFailed, wait_until
from tests.postgres.sql import query

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("can_run_servers")]

SOON = "&connect_timeout=2"
"""The shortest time that libpq takes, in a URL."""
KILLED = """
from tests.postgres.cluster import FAST, Cluster
cluster = Cluster.create(settings=FAST)
cluster.suspend()
print(cluster.directory, flush=True)
input()
"""
"""A program that makes a server, suspends it, and waits to be killed."""


def by_url(url: str, role: str, sql: str) -> list[list[str]]:
    """Rows over the network, as the app gets them."""
    return query(["-U", role, "-d", url], sql)


class Session:
    """A session over the network that stays open."""

    def __init__(self, url: str, role: str) -> None:
        """Connect; the first answer shows that it has."""
        command = [program("psql"), "-X", "-q", "-A", "-t", "-U", role, "-d", url]
        pipe = subprocess.PIPE
        self.psql = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=ENVIRONMENT)
        self.ask("select 'connected'")
        assert self.answer(30) == "connected"

    def ask(self, sql: str) -> None:
        """Send a statement."""
        assert self.psql.stdin is not None
        self.psql.stdin.write(f"{sql};\n".encode())
        self.psql.stdin.flush()

    def answer(self, seconds: float) -> str:
        """The next line of the answer; blank if none comes within so many seconds."""
        assert self.psql.stdout is not None
        can_be_read, _, _ = select.select([self.psql.stdout], [], [], seconds)
        return self.psql.stdout.readline().decode().rstrip() if can_be_read else ""

    def close(self) -> None:
        """End it, whatever it waits for."""
        with self.psql as psql:
            psql.kill()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server with an empty database that `alice` may use."""
    with Cluster.create(settings=FAST) as cluster:
        set_up(cluster)
        yield cluster


def set_up(cluster: Cluster) -> None:
    """Make the database and the role, and a table with one row."""
    cluster.add_role("alice", groups=["pg_read_all_data"])
    cluster.create_database("imr")
    cluster.psql("create table texts as select 'first' as text; grant insert on texts to alice")


def test_a_certificate_names_the_role(shared_database: SharedDatabase) -> None:
    url = shared_database.url("alice")
    sql = "select current_user, ssl from pg_stat_ssl where pid = pg_backend_pid()"
    assert by_url(url, "alice", sql) == [["alice", "t"]]
    with pytest.raises(ProgramFailed, match="certificate authentication failed"):
        by_url(url, "bob", "select 1")


def test_nobody_connects_without_tls_or_to_another_name(shared_database: SharedDatabase) -> None:
    url = shared_database.url("alice")
    with pytest.raises(ProgramFailed, match="no encryption"):
        by_url(url.replace("verify-full", "disable"), "alice", "select 1")
    with pytest.raises(ProgramFailed, match="does not match host name"):
        by_url(url.replace("127.0.0.1", "localhost"), "alice", "select 1")


def test_a_role_with_a_password_shows_it(postgres: Cluster) -> None:
    postgres.add_role("dora", password="it's a secret")
    url = postgres.url("dora", "postgres", with_certificate=False)
    password = "&password=it%27s%20a%20secret"
    assert by_url(url + password, "dora", "select current_user") == [["dora"]]
    with pytest.raises(ProgramFailed, match="password authentication failed"):
        by_url(url + "&password=wrong", "dora", "select 1")


@pytest.mark.parametrize("test", ["one", "another"])
def test_each_test_has_a_fresh_database(shared_database: SharedDatabase, test: str) -> None:
    assert shared_database.psql("select number from epoch") == [["1"]]
    shared_database.psql("insert into epoch (number) values (2)")
    rows = shared_database.psql("select 'a,b', null, E'two\\nlines'; select 2")
    assert rows == [["a,b", "", "two\nlines"], ["2"]]


@pytest.mark.slow
def test_a_killed_server_keeps_its_rows_and_its_port(cluster: Cluster) -> None:
    url = cluster.url("alice")
    cluster.kill()
    assert not cluster.is_running
    with pytest.raises(ProgramFailed, match="Connection refused"):
        by_url(url, "alice", "select 1")
    cluster.start()
    assert by_url(url, "alice", "select text from texts") == [["first"]]
    assert "was not properly shut down" in cluster.log.read_text()
    cluster.stop()
    assert not cluster.is_running


@pytest.mark.slow
def test_a_suspended_server_is_silent(cluster: Cluster) -> None:
    url = cluster.url("alice")
    with closing(Session(url, "alice")) as session:
        cluster.suspend()
        session.ask("select 'late'")
        with pytest.raises(ProgramFailed, match="timeout expired"):
            by_url(url + SOON, "alice", "select 1")
        assert session.answer(0) == ""
        cluster.resume()
        assert session.answer(30) == "late"


@pytest.mark.slow
def test_a_promoted_replica_has_what_was_committed(cluster: Cluster) -> None:
    with cluster.replica(synchronous=True) as replica:
        url = cluster.url("alice", hosts=[replica]) + "&target_session_attrs=read-write"
        assert by_url(url, "alice", "show port") == [[str(cluster.port)]]
        cluster.psql("insert into texts values ('second')")
        with cluster.replica(synchronous=False) as another:
            assert another.psql("show synchronous_standby_names") == [[""]]
        cluster.kill()
        replica.promote()
        sql = "select text from texts; show port"
        assert by_url(url, "alice", sql) == [["first"], ["second"], [str(replica.port)]]


@pytest.mark.slow
def test_a_commit_waits_for_a_synchronous_replica(cluster: Cluster) -> None:
    with cluster.replica(synchronous=True) as replica:
        replica.suspend()
        with pytest.raises(subprocess.TimeoutExpired):
            cluster.psql("insert into texts values ('waits')", seconds=1)
        replica.resume()
        cluster.configure({"synchronous_standby_names": ""})
        cluster.psql("insert into texts values ('does not wait')")


@pytest.mark.slow
def test_a_server_that_is_cut_off_is_silent(namespace: Namespace) -> None:
    with Cluster.create(settings=FAST, address=namespace.address, netns=namespace.name) as cluster:
        set_up(cluster)
        url = cluster.url("alice")
        assert by_url(url, "alice", "select inet_client_addr()") == [[namespace.machine]]
        with closing(Session(url, "alice")) as session:
            namespace.cut()
            session.ask("insert into texts values ('late') returning text")
            with pytest.raises(ProgramFailed, match="timeout expired"):
                by_url(url + SOON, "alice", "select 1")
            assert cluster.psql("select text from texts") == [["first"]]
            namespace.mend()
            assert session.answer(30) == "late"


@pytest.mark.slow
def test_a_full_disk_takes_no_rows(small_disk: Disk) -> None:
    rows = "insert into texts select repeat('x', 1000) from generate_series(1, 10000)"
    with Cluster.create(settings=FAST, directory=small_disk.directory) as cluster:
        set_up(cluster)
        small_disk.fill()
        with pytest.raises(ProgramFailed, match="No space left on device"):
            cluster.psql(rows)
        small_disk.free()
        if not cluster.is_running:
            cluster.start()
        cluster.psql(rows)


@pytest.mark.slow
def test_a_server_that_does_not_start_says_why(cluster: Cluster) -> None:
    cluster.stop()
    cluster.write_settings({"port": "no number"})
    with pytest.raises(ServerFailed, match="no number"):
        cluster.start()


@pytest.mark.slow
def test_nothing_is_left_of_killed_tests() -> None:
    command = [sys.executable, "-c", KILLED]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tests:
        assert tests.stdout is not None
        directory = Path(os.fsdecode(tests.stdout.readline().strip()))
        server = int((directory / "data/postmaster.pid").read_text().split()[0])
        tests.kill()
    wait_until(lambda: not directory.exists(), "the directory has gone")
    # The entry stays until it is waited for, its directory does not.
    with pytest.raises(FileNotFoundError):
        Path(f"/proc/{server}/cwd").readlink()
