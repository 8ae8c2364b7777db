"""Two hosts of one reviewer on a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.errors import BadInput
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.locking.holder import Held, Holder
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from tests.builders import NOW, NUMBER, saved
from tests.postgres.fixtures import SharedDatabase
from tests.store.shared.hosts import written

pytestmark = pytest.mark.process

LONG = 20.0
"""Seconds after which a wait that should have ended counts as a failure."""


@pytest.fixture
def hosts(tmp_path: Path, shared_database: SharedDatabase) -> Iterator[list[ReplicatedFolder]]:
    machine = Host(shared=shared_database.url("alice"), shared_roles={"drjane": "alice"})
    both = []
    for name in ("ward", "home"):
        path = tmp_path / name
        path.mkdir(mode=0o700)
        folder = Folder(path)
        both.append(ReplicatedFolder.of(folder, machine, "drjane", CheckSetup(), "initials"))
    saved(tmp_path / "ward", written("one"))
    yield both
    for each in both:
        each.close()


def me(host: str) -> Holder:
    return Holder(who="drjane", host=host, pid=1, since=NOW)


def texts(database: SharedDatabase) -> list[str]:
    found = database.psql("select encode(body, 'hex') from cases")
    return [decode(bytes.fromhex(row[0]), "it").summary.text for row in found]


def test_a_case_moves_from_host_to_host(
    hosts: list[ReplicatedFolder], shared_database: SharedDatabase, tmp_path: Path
) -> None:
    ward, home = hosts
    assert ward.prepare(NUMBER, me("ward")).why_waiting == ""
    claim = ward.claim(NUMBER, me("ward"))
    file = Folder(tmp_path / "ward").open(NUMBER)
    with pytest.raises(Held):
        home.prepare(NUMBER, me("home"))
    file.save(written("two"))
    claim.replication.put(written("two"), file.bytes_of(written("two")))
    assert claim.replication.wait(LONG) == ""
    assert texts(shared_database) == ["two"]
    claim.release()
    assert claim.replication.join(LONG)
    home.prepare(NUMBER, me("home"))
    assert Folder(tmp_path / "home").open(NUMBER).case == written("two")
    there = ward.holder(NUMBER)
    assert there is not None
    assert there.host == "home"
    home.discard(NUMBER)
    assert ward.holder(NUMBER) is None


def test_what_sessions_do_is_recorded_with_the_texts_that_they_opened(
    hosts: list[ReplicatedFolder], shared_database: SharedDatabase, tmp_path: Path
) -> None:
    for host, machine, text in zip(("ward", "home"), hosts, ("two", "three"), strict=True):
        machine.prepare(NUMBER, me(host))
        claim = machine.claim(NUMBER, me(host))
        folder = Folder(tmp_path / host)
        file = folder.open(NUMBER)
        file.save(written(text))
        claim.replication.put(written(text), file.bytes_of(written(text)))
        assert claim.replication.wait(LONG) == ""
        if host == "home":
            folder.write_letter(NUMBER, "The letter.\n", written(text), NOW)
            claim.replication.put_files()
            assert claim.replication.wait(LONG) == ""
        claim.release()
        assert claim.replication.join(LONG)
    events = shared_database.psql("select event, who, host from audit order by at")
    assert events == [
        ["opened", "alice", "ward"],
        ["opened", "alice", "home"],
        ["letter written", "alice", "home"],
    ]
    kept = shared_database.psql("select event, encode(body, 'hex') from versions order by version")
    assert [event for event, _ in kept] == ["opened", "opened"]
    opened = [decode(bytes.fromhex(body), "it").summary.text for _, body in kept]
    assert opened == ["one", "two"]


def test_a_text_arrives_after_its_connection_was_ended(
    hosts: list[ReplicatedFolder], shared_database: SharedDatabase, tmp_path: Path
) -> None:
    ward, _ = hosts
    ward.prepare(NUMBER, me("ward"))
    claim = ward.claim(NUMBER, me("ward"))
    shared_database.psql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        f" where datname = '{shared_database.name}' and pid <> pg_backend_pid()"
    )
    saved(tmp_path / "ward", written("two"))
    claim.replication.put(written("two"))
    assert claim.replication.wait(LONG) == ""
    assert texts(shared_database) == ["two"]
    assert claim.renew()


def test_an_address_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    host = Host(shared="postgresql://drjane:secret@localhost/imr")
    with pytest.raises(BadInput, match="user or a password"):
        ReplicatedFolder.of(Folder(tmp_path), host, "drjane", CheckSetup(), "initials")
