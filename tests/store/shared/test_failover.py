"""A primary and its replica: commits that wait, failovers, and the former primary's return."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from imr_tui.errors import Unreachable
from imr_tui.store.shared.connection import server_memory
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.identity import Identity
from tests.postgres.cluster import Cluster
from tests.postgres.server import wait_until
from tests.store.shared.stores import SECONDS, add_store, address, connected, database_of

pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.usefixtures("can_run_servers")]

SOON = 0.5
"""Seconds for what must not come back."""
WRITE = (
    "insert into audit (entry, host, session, number, event)"
    " values (gen_random_uuid(), '', '', '', %(event)s)"
)
EVENTS = "select event from audit order by at"


@pytest.fixture
def primary() -> Iterator[Cluster]:
    with Cluster.create() as cluster:
        add_store(cluster)
        yield cluster


@pytest.fixture
def replica(primary: Cluster) -> Iterator[Cluster]:
    with primary.replica(synchronous=False) as replica:
        yield replica


@pytest.fixture
def synchronous(primary: Cluster) -> Iterator[Cluster]:
    with primary.replica(synchronous=True) as replica:
        yield replica


def write(database: Database, event: str) -> None:
    database.run(WRITE, {"event": event}, seconds=SECONDS)


def test_a_commit_that_waits_for_a_replica_ends_at_the_deadline(
    primary: Cluster, synchronous: Cluster
) -> None:
    with closing(connected(address(primary))) as connection:
        connection.run(WRITE, {"event": "both"})
        synchronous.suspend()
        with pytest.raises(Unreachable, match="did not answer"):
            connection.run(WRITE, {"event": "statement"}, seconds=SOON)
    with (
        closing(connected(address(primary))) as connection,
        pytest.raises(Unreachable, match="did not answer"),
        connection.transaction(SOON),
    ):
        connection.run(WRITE, {"event": "transaction"})
    synchronous.resume()
    # What was not acknowledged may have happened, which is why callers repeat.
    events = [["both"], ["statement"], ["transaction"]]
    wait_until(lambda: primary.psql(EVENTS) == events, "the commits have ended")


def test_a_commit_whose_wait_an_administrator_ended_is_not_acknowledged(
    primary: Cluster, synchronous: Cluster
) -> None:
    waiting = "select pid from pg_stat_activity where wait_event = 'SyncRep'"

    def end_the_wait() -> None:
        wait_until(lambda: primary.psql(waiting) != [], "the commit waits")
        primary.psql(f"select pg_cancel_backend(pid) from ({waiting}) as one")

    with closing(connected(address(primary))) as connection:
        synchronous.suspend()
        ending = Thread(target=end_the_wait)
        ending.start()
        with pytest.raises(Unreachable, match="without its replica"):
            connection.run(WRITE, {"event": "one server only"}, seconds=SECONDS)
        ending.join()
        assert not connection.is_closed
    synchronous.resume()


def test_a_former_primary_that_returns_is_not_used(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    both = address(primary, "alice", "imr", replica)
    with closing(database_of(both, tmp_path / "a")) as database:
        write(database, "before")
        assert database.newest() == Identity(1, 1)
        wait_until(lambda: replica.psql(EVENTS) == [["before"]], "the replica has it")
        primary.kill()
        with pytest.raises(Unreachable):
            write(database, "lost")
        with pytest.raises(Unreachable, match="takes no changes"):
            write(database, "replica")
        replica.promote()
        write(database, "after")
        assert database.newest() == Identity(1, 2)
        primary.start()
        write(database, "after its return")
    # A folder that has seen no failover finds the primary when it can ask both.
    for hosts in (both.hosts, both.hosts[::-1]):
        with closing(database_of(both._replace(hosts=hosts), tmp_path / "b")) as database:
            assert database.newest() == Identity(1, 2)
    # A folder that has seen it refuses the former primary when that one alone can be asked.
    replica.stop()
    with (
        closing(database_of(both, tmp_path / "a")) as database,
        pytest.raises(Unreachable, match="former primary"),
    ):
        write(database, "former")
    assert primary.psql(EVENTS) == [["before"]]
    replica.start()
    assert replica.psql(EVENTS) == [["before"], ["after"], ["after its return"]]


def test_a_restored_backup_with_a_new_epoch_is_the_primary(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    both = address(primary, "alice", "imr", replica)
    replica.promote()
    with closing(database_of(both, tmp_path)) as database:
        assert database.newest() == Identity(1, 2)
        primary.psql("insert into epoch values (2)")
        database.close()
        assert database.newest() == Identity(2, 1)


def test_a_session_leaves_a_former_primary_that_still_answers(
    primary: Cluster, replica: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_memory, "LOOK_SECONDS", 0.0)
    both = address(primary, "alice", "imr", replica)
    with closing(database_of(both, tmp_path)) as database:
        write(database, "before")
        replica.promote()
        wait_until(lambda: database.newest() == Identity(1, 2), "the session has moved")
        before = primary.psql(EVENTS)
        write(database, "after")
    assert primary.psql(EVENTS) == before
    assert replica.psql(EVENTS)[-1] == ["after"]


def test_a_suspended_primary_does_not_keep_its_successor_from_being_found(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    with closing(database_of(address(primary, "alice", "imr", replica), tmp_path)) as database:
        write(database, "before")
        primary.suspend()
        replica.promote()
        with pytest.raises(Unreachable, match="did not answer"):
            database.run("select 1", seconds=SOON)
        assert database.newest() == Identity(1, 2)
        primary.resume()
        write(database, "after")
    assert primary.psql(EVENTS) == [["before"]]


def test_two_copies_that_both_became_primaries_are_refused(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    with primary.replica(synchronous=False) as second:
        primary.stop()
        replica.promote()
        second.promote()
        where = address(replica, "alice", "imr", second)
        with (
            closing(database_of(where, tmp_path)) as database,
            pytest.raises(Unreachable, match="both say that they are the primary"),
        ):
            database.newest()
