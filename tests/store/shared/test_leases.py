"""Leases: one session has a case, by the clock of the database, and its fence only grows."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore, LeaseLost, Unreachable
from imr_tui.store.locking.holder import Held
from imr_tui.store.shared.cases import leases
from imr_tui.store.shared.cases.leases import Lease
from imr_tui.store.shared.cases.saves import create, send
from imr_tui.store.shared.connection.database import Database
from tests.builders import NUMBER
from tests.postgres.fixtures import SharedDatabase
from tests.postgres.server import wait_until
from tests.store.shared import sessions
from tests.store.shared.sessions import ME, OTHER, outgoing

pytestmark = pytest.mark.process
SESSIONS = 8


@pytest.fixture
def mine(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        create(opened, "first", outgoing("new", 0, 1), "alice")
        yield opened


@pytest.fixture
def theirs(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        yield opened


def expire(shared: SharedDatabase) -> None:
    shared.psql("update claims set expires = '-infinity'")


def test_the_fence_only_grows(
    mine: Database, theirs: Database, shared_database: SharedDatabase
) -> None:
    first = leases.claim(mine, NUMBER, "first", ME)
    again = leases.claim(mine, NUMBER, "first", ME)
    again.release()
    second = leases.claim(theirs, NUMBER, "second", OTHER)
    expire(shared_database)
    third = leases.claim(mine, NUMBER, "first", ME)
    assert third.renew()
    assert [each.fence for each in (first, again, second, third)] == [1, 2, 3, 4]


def test_a_lease_ends_unless_it_is_renewed(
    mine: Database, theirs: Database, shared_database: SharedDatabase
) -> None:
    lease = leases.claim(mine, NUMBER, "first", ME, seconds=0.3)
    left = "select extract(epoch from expires - clock_timestamp()) between 0 and 0.3 from claims"
    assert lease.renew()
    assert shared_database.psql(left) == [["t"]]
    wait_until(lambda: leases.holder(theirs, NUMBER) is None, "the lease ends")
    taken = leases.claim(theirs, NUMBER, "second", OTHER)
    assert not lease.renew()
    assert not lease.is_held
    assert taken.renew()


def test_a_lost_lease_neither_releases_nor_refuses(
    mine: Database, theirs: Database, shared_database: SharedDatabase
) -> None:
    lost = leases.claim(mine, NUMBER, "first", ME)
    expire(shared_database)
    leases.claim(theirs, NUMBER, "second", OTHER)
    request = leases.ask(mine, NUMBER, "third", ME)
    lost.refuse()
    lost.release()
    assert request.stands
    there = leases.holder(mine, NUMBER)
    assert there is not None
    assert there.host == OTHER.host


def test_a_forged_fence_or_session_is_refused(mine: Database, theirs: Database) -> None:
    lease = leases.claim(mine, NUMBER, "first", ME)
    for session, fence in (("first", lease.fence + 1), ("first", 0), ("second", lease.fence)):
        forged = Lease(theirs, NUMBER, session, fence, leases.LEASE_SECONDS)
        with pytest.raises(LeaseLost):
            send(theirs, forged, outgoing("forged", 1, 2))
        assert not forged.renew()
        with pytest.raises(LeaseLost):
            forged.lock()
    assert lease.renew()


@pytest.mark.slow
def test_of_many_sessions_one_gets_the_case(
    mine: Database, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    leases.claim(mine, NUMBER, "first", ME)
    start = threading.Barrier(SESSIONS)

    def claim(name: str) -> int:
        with sessions.database(shared_database, "alice", tmp_path) as opened:
            opened.connect()
            start.wait()
            try:
                return leases.claim(opened, NUMBER, name, OTHER).fence
            except Held:
                return 0

    for fence in range(2, 7):
        expire(shared_database)
        with ThreadPoolExecutor(SESSIONS) as threads:
            fences = list(threads.map(claim, map(str, range(SESSIONS))))
        assert sorted(fences) == [0] * (SESSIONS - 1) + [fence]


def test_a_request_ends_unless_it_is_renewed(mine: Database, theirs: Database) -> None:
    lease = leases.claim(mine, NUMBER, "first", ME)
    leases.ask(theirs, NUMBER, "second", OTHER, seconds=0.2)
    assert lease.request() is not None
    wait_until(lambda: lease.request() is None, "the request ends")
    third = leases.ask(mine, NUMBER, "third", ME)
    third.withdraw()
    third.withdraw()
    assert lease.request() is None


def test_a_free_case_can_be_asked_for_first(mine: Database, theirs: Database) -> None:
    request = leases.ask(theirs, NUMBER, "second", OTHER)
    assert leases.holder(mine, NUMBER) is None
    lease = leases.claim(mine, NUMBER, "first", ME)
    assert lease.fence == 1
    assert lease.request() is not None
    assert request.stands


def test_a_case_that_is_not_there_is_not_claimed(mine: Database) -> None:
    for act in (leases.claim, leases.ask):
        with pytest.raises(CannotStore, match="not in the shared store"):
            act(mine, "CM26-9", "first", ME)
        with pytest.raises(BadInput):
            act(mine, "../passwd", "first", ME)


def test_a_release_does_not_need_the_store(mine: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = leases.claim(mine, NUMBER, "first", ME)
    request = leases.ask(mine, NUMBER, "second", OTHER)

    def lost(*_: object) -> None:
        raise Unreachable("lost")

    monkeypatch.setattr(mine, "run", lost)
    with pytest.raises(Unreachable):
        lease.renew()
    assert lease.is_held
    lease.release()
    request.withdraw()
    assert not lease.is_held
