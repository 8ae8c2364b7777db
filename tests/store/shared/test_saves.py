"""Saves in the shared store: none is lost, none is made twice, and none without a valid claim."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, ChangedElsewhere, Conflict, LeaseLost
from imr_tui.store.history.versions import Event
from imr_tui.store.shared.cases import leases
from imr_tui.store.shared.cases.leases import Lease
from imr_tui.store.shared.cases.saves import create, fetch, send
from imr_tui.store.shared.cases.versions import SharedVersions
from imr_tui.store.shared.connection.database import Database
from tests.builders import NUMBER
from tests.postgres.fixtures import SharedDatabase
from tests.postgres.server import wait_until
from tests.store.shared import sessions
from tests.store.shared.sessions import ME, OTHER, outgoing

pytestmark = pytest.mark.process


@pytest.fixture
def mine(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        create(opened, "first", outgoing("new", 0, 1), "alice")
        yield opened


@pytest.fixture
def theirs(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    """Another session of the same reviewer, or another connection of the first session."""
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        yield opened


@pytest.fixture
def lease(mine: Database) -> Lease:
    return leases.claim(mine, NUMBER, "first", ME)


def text_of(database: Database) -> str:
    return fetch(database, NUMBER).body.decode()


def blocked(shared: SharedDatabase, work: Callable[[], object]) -> Future[object]:
    """Start `work` on a thread, and wait until it waits for a lock."""
    future = ThreadPoolExecutor(1).submit(work)
    waiting = "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"
    wait_until(lambda: shared.psql(waiting) == [["t"]], "the statement waits")
    assert not future.done()
    return future


def expire(shared: SharedDatabase) -> None:
    shared.psql("update claims set expires = '-infinity'")


def test_a_save_increments_the_revision(mine: Database, theirs: Database, lease: Lease) -> None:
    assert fetch(theirs, NUMBER).revision == 1
    assert send(mine, lease, outgoing("one", 1, 2)) == 2
    assert send(mine, lease, outgoing("two", 2, 3)) == 3
    found = fetch(theirs, NUMBER)
    assert (found.body, found.revision, found.session) == (outgoing("two", 0, 0).body, 3, "first")


def test_a_repeated_save_returns_the_same_revision(mine: Database, lease: Lease) -> None:
    for _ in range(3):
        assert send(mine, lease, outgoing("one", 1, 2)) == 2
    assert fetch(mine, NUMBER).revision == 2


def test_a_newer_state_replaces_one_that_was_not_acknowledged(mine: Database, lease: Lease) -> None:
    send(mine, lease, outgoing("one", 1, 2))
    # The session does not know that revision 2 exists.
    assert send(mine, lease, outgoing("two", 1, 3)) == 3
    assert "two" in text_of(mine)


def test_a_save_of_a_lost_connection_counts_once(
    mine: Database, theirs: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    with mine.transaction():
        assert send(mine, lease, outgoing("one", 1, 2)) == 2
        again = Lease(theirs, NUMBER, "first", lease.fence, leases.LEASE_SECONDS)
        repeat = blocked(shared_database, lambda: send(theirs, again, outgoing("one", 1, 2)))
    assert repeat.result() == 2
    assert fetch(mine, NUMBER).revision == 2


def test_an_old_save_that_arrives_late_changes_nothing(mine: Database, lease: Lease) -> None:
    send(mine, lease, outgoing("later", 1, 3))
    with pytest.raises(ChangedElsewhere):
        send(mine, lease, outgoing("earlier", 1, 2))
    assert "later" in text_of(mine)
    assert fetch(mine, NUMBER).revision == 2


def test_another_session_s_text_is_not_overwritten(
    mine: Database, theirs: Database, lease: Lease
) -> None:
    lease.release()
    other = leases.claim(theirs, NUMBER, "second", OTHER)
    assert send(theirs, other, outgoing("theirs", 1, 1)) == 2
    other.release()
    lease = leases.claim(mine, NUMBER, "first", ME)
    with pytest.raises(ChangedElsewhere):
        send(mine, lease, outgoing("mine", 1, 2))
    assert "theirs" in text_of(mine)


def test_a_session_that_lost_its_lease_writes_nothing(
    mine: Database, theirs: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    expire(shared_database)
    leases.claim(theirs, NUMBER, "second", OTHER)
    # Even while the row of the case is still as the first session left it.
    with pytest.raises(LeaseLost):
        send(mine, lease, outgoing("mine", 1, 2))
    with pytest.raises(LeaseLost):
        SharedVersions(mine, NUMBER, lease).note(b"", Event.LETTER)
    assert "new" in text_of(theirs)
    assert not lease.renew()


def test_a_save_that_was_made_before_the_lease_was_lost_is_told(
    mine: Database, theirs: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    send(mine, lease, outgoing("one", 1, 2))
    expire(shared_database)
    leases.claim(theirs, NUMBER, "second", OTHER)
    assert send(mine, lease, outgoing("one", 1, 2)) == 2


def test_an_ended_lease_that_nobody_took_still_saves(
    mine: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    expire(shared_database)
    assert send(mine, lease, outgoing("one", 1, 2)) == 2
    assert leases.holder(mine, NUMBER) is not None


def test_an_earlier_lease_of_the_same_session_is_not_valid(mine: Database, lease: Lease) -> None:
    leases.claim(mine, NUMBER, "first", ME)
    with pytest.raises(LeaseLost):
        send(mine, lease, outgoing("one", 1, 2))


def test_whoever_takes_a_case_reads_what_was_being_saved(
    mine: Database, theirs: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    with mine.transaction():
        send(mine, lease, outgoing("just saved", 1, 2))
        # The lease ends while the commit waits, as it does for a slow replica.
        mine.run("update claims set expires = '-infinity'")
        taken = blocked(shared_database, lambda: leases.claim(theirs, NUMBER, "second", OTHER))
    taken.result()
    assert "just saved" in text_of(theirs)


def test_a_claim_waits_for_a_save_that_only_locks_it(
    mine: Database, theirs: Database, shared_database: SharedDatabase
) -> None:
    lease = leases.claim(mine, NUMBER, "first", ME, seconds=0.2)
    with mine.transaction():
        send(mine, lease, outgoing("just saved", 1, 2))
        ended = "select expires < clock_timestamp() from claims"
        wait_until(lambda: shared_database.psql(ended) == [["t"]], "the lease has ended")
        taken = blocked(shared_database, lambda: leases.claim(theirs, NUMBER, "second", OTHER))
    taken.result()
    assert "just saved" in text_of(theirs)


def test_a_save_that_waited_for_a_takeover_is_refused(
    mine: Database, theirs: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    expire(shared_database)
    with theirs.transaction():
        leases.claim(theirs, NUMBER, "second", OTHER)
        late = blocked(shared_database, lambda: send(mine, lease, outgoing("late", 1, 2)))
    with pytest.raises(LeaseLost):
        late.result()
    assert "new" in text_of(theirs)


def test_a_case_assigned_to_another_reviewer_is_not_saved_any_more(
    mine: Database, lease: Lease, shared_database: SharedDatabase
) -> None:
    send(mine, lease, outgoing("one", 1, 2, event="opened")._replace(files={"a.txt": b"1"}))
    shared_database.psql("update cases set reviewer = 'bob'", "carol")
    with pytest.raises(LeaseLost):
        send(mine, lease, outgoing("two", 2, 3))
    with pytest.raises(CannotStore, match="not in the shared store"):
        fetch(mine, NUMBER)
    for table in ("cases", "claims", "versions", "files"):
        assert shared_database.psql(f"select reviewer from {table}") == [["bob"]]


def test_files_and_version_are_stored_with_the_save_or_not_at_all(
    mine: Database, lease: Lease
) -> None:
    state = outgoing("one", 1, 2, event="letter-written")
    files = {f"{NUMBER}.txt": b"letter", ".imr/letters/x": b"\0record"}
    assert send(mine, lease, state._replace(files=files)) == 2
    assert fetch(mine, NUMBER).files == files
    with pytest.raises(ValueError, match="no such event"):
        send(mine, lease, outgoing("two", 2, 3, event="no such event")._replace(files={"b": b""}))
    found = fetch(mine, NUMBER)
    assert (found.revision, found.files) == (2, files)
    (version,) = SharedVersions(mine, NUMBER).all()
    assert SharedVersions(mine, NUMBER).read(version.number) == state.body


def test_a_new_case_is_created_once(mine: Database, shared_database: SharedDatabase) -> None:
    number = "CM26-7"
    state = outgoing("first", 0, 5, number, event="imported")
    assert create(mine, "first", state, "alice") == 1
    assert create(mine, "first", state, "alice") == 1
    with pytest.raises(Conflict):
        create(mine, "second", outgoing("second", 0, 5, number), "alice")
    assert len(SharedVersions(mine, number).all()) == 1
    assert "first" in fetch(mine, number).body.decode()


def test_a_damaged_text_is_not_read(mine: Database, shared_database: SharedDatabase) -> None:
    shared_database.psql("update cases set body = body || 'x'::bytea")
    with pytest.raises(CannotStore, match="damaged"):
        fetch(mine, NUMBER)


def test_only_the_newest_versions_are_kept(mine: Database, lease: Lease) -> None:
    versions = SharedVersions(mine, NUMBER, lease)
    for count in range(23):
        assert versions.note(f"{count}".encode(), Event.LEFT)
    numbers = [each.number for each in versions.all()]
    assert numbers == list(range(23, 3, -1))
    assert versions.read(23) == b"22"
