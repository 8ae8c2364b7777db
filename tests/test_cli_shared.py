"""`imr-tui shared init`, `migrate` and `status`, and the line of `imr-tui doctor`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.store.config.machine_policy import Host
from imr_tui.store.shared.schema.files import SCHEMA
from tests.commands import Run, assert_refused
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import OWNER, SharedDatabase, add_database, add_roles
from tests.shared_site import RunAs, fill, host_of, set_host

pytestmark = pytest.mark.process


# Setup


@pytest.mark.slow
def test_init_and_migrate_can_be_repeated(run_as: RunAs) -> None:
    done = run_as(OWNER, "init", "--as", OWNER)
    assert (done.code, done.out) == (0, "")
    assert "was set up before. Nothing was changed." in done.err
    done = run_as(OWNER, "migrate", "--as", OWNER)
    assert (done.code, done.err) == (0, "imr-tui: The schema of the shared store is current.\n")


@pytest.mark.slow
def test_init_makes_an_empty_database_a_store(
    run: Run, shared_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    name, cluster = f"{shared_database.name}_empty", shared_database.cluster
    cluster.create_database(name, owner=OWNER)
    set_host(monkeypatch, host_of(cluster.url("carol", name), "carol"))
    assert_refused(run("shared", "check"), 3, "holds no cases yet.* `imr-tui shared init`")
    set_host(monkeypatch, host_of(cluster.url(OWNER, name), OWNER))
    done = run("shared", "init", "--as", OWNER)
    assert (done.code, done.out) == (0, "")
    assert f"The shared store has schema {SCHEMA} now." in done.err
    set_host(monkeypatch, host_of(cluster.url("carol", name), "carol"))
    assert run("shared", "check").code == 0
    cluster.drop_database(name)


@pytest.mark.slow
def test_init_prints_what_an_administrator_runs(
    run_as: RunAs, shared_database: SharedDatabase
) -> None:
    name = shared_database.name
    rename = "alter role imr_{0} rename to imr_{1}"
    shared_database.psql(rename.format("coordinator", "other"))
    try:
        done = run_as(OWNER, "init", "--as", OWNER)
    finally:
        shared_database.psql(rename.format("other", "coordinator"))
    assert done.code == 4
    assert done.out.splitlines() == [
        "create role imr_coordinator;",
        f'revoke all on database "{name}" from public;',
        f'grant connect on database "{name}" to imr_reviewer, imr_coordinator;',
    ]
    assert "may not create the groups. Nothing was changed." in done.err


@pytest.mark.slow
def test_only_the_owner_of_the_database_sets_it_up(
    run: Run, shared_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{shared_database.name}_of_postgres"
    shared_database.cluster.create_database(name)
    set_host(monkeypatch, host_of(shared_database.cluster.url(OWNER, name), OWNER))
    done = run("shared", "init", "--as", OWNER)
    assert_refused(done, 3, f"{OWNER} does not own the database {name}. Nothing was changed")
    done = run("shared", "migrate", "--as", OWNER)
    assert_refused(done, 3, "has no tables yet")
    shared_database.cluster.drop_database(name)


def test_a_new_epoch_is_higher_than_any_that_a_session_saw(
    run_as: RunAs, shared_database: SharedDatabase
) -> None:
    for _ in range(2):
        done = run_as(OWNER, "migrate", "--as", OWNER, "--new-epoch")
        assert done.code == 0
        [[epoch]] = shared_database.psql("select max(number) from epoch")
        assert f"Epoch {epoch} began." in done.err
    assert run_as("carol", "check").code == 0
    # The same backup restored once more has only the first epoch again.
    shared_database.psql("delete from epoch where number > 1")
    assert_refused(run_as("carol", "check"), 4, "is a former primary")
    assert run_as(OWNER, "migrate", "--as", OWNER, "--new-epoch").code == 0
    assert run_as("carol", "check").code == 0


# Status


def test_status_names_servers_and_what_the_role_sees(run_as: RunAs, cases: Path) -> None:
    fill(cases, 10)
    assert run_as("carol", "import", cases).code == 0
    assert run_as("carol", "assign", "CM26-0000001", "--to", "alice").code == 0
    done = run_as("carol", "status")
    assert done.code == 1
    assert "synchronous_standby_names is blank" in done.err
    assert ": primary" not in done.out
    assert " primary, epoch 1, timeline 1" in done.out
    assert "10 (8 unfinished, 9 unassigned)" in done.out
    found = json.loads(run_as("alice", "status", "--json").out)
    assert (found["schema"], found["role"]) == (1, "alice")
    assert [server["kind"] for server in found["servers"]] == ["primary"]
    assert (found["primary"]["cases"], found["primary"]["unassigned"]) == (1, 0)
    found = json.loads(run_as(OWNER, "status", "--as", OWNER, "--json").out)
    assert (found["role"], found["primary"]["cases"]) == (OWNER, 0)


def test_status_of_a_server_that_does_not_answer(
    run: Run, shared_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = shared_database.cluster
    url = shared_database.url("carol").replace(f":{cluster.port}/", ":1/")
    set_host(monkeypatch, host_of(url, "carol"))
    done = run("shared", "status")
    assert done.code == 1
    assert "127.0.0.1:1 unusable" in done.out
    assert "The shared store on 127.0.0.1:1" in done.err
    assert "No primary can be reached" in done.err


# Doctor


def test_doctor_has_a_line_about_the_shared_store(
    run: Run,
    run_as: RunAs,
    cases: Path,
    shared_database: SharedDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = shared_database.cluster.port
    set_host(monkeypatch, host_of(shared_database.url("alice"), "alice"))
    done = run("doctor", cases)
    assert f"\nshared store    primary 127.0.0.1:{port}, epoch 1, timeline 1, 0 repl" in done.out
    assert "\nshared: synchronous_standby_names is blank" in done.out
    set_host(monkeypatch, host_of(shared_database.url(OWNER), OWNER))
    done = run("doctor", cases)
    assert done.code == 1
    assert f"\nshared: The database role {OWNER} may see every row" in done.out
    set_host(monkeypatch, Host(shared="postgresql:///imr"))
    done = run("doctor", cases)
    assert "\nshared store    cannot be used\n" in done.out
    assert "\nshared: The address of the shared store" in done.out


def test_doctor_is_silent_without_a_shared_store(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_host(monkeypatch, Host())
    assert "shared" not in run("doctor", cases).out


# Without a shared store


@pytest.mark.parametrize("words", [("status",), ("check",), ("init", "--as", "x")])
def test_without_a_shared_store_the_commands_say_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    set_host(monkeypatch, Host())
    assert_refused(run("shared", *words), 3, "This machine has no shared store")


def test_without_the_driver_the_commands_say_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    set_host(monkeypatch, Host(shared="postgresql://127.0.0.1/imr"))
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert_refused(run("shared", "status"), 4, r"psycopg is not installed\. Install `imr-tui\[sha")


# Several servers


@pytest.fixture
def primary(can_run_servers: None) -> Iterator[Cluster]:
    with Cluster.create() as cluster:
        add_roles(cluster)
        add_database(cluster, "imr")
        yield cluster


@pytest.mark.slow
def test_status_after_a_failover(
    run: Run, primary: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def status() -> tuple[int, list[str], str]:
        done = run("shared", "status", "--json")
        return done.code, [server["kind"] for server in json.loads(done.out)["servers"]], done.err

    with primary.replica(synchronous=True) as replica:
        url = primary.url("carol", hosts=[replica])
        set_host(monkeypatch, host_of(url, "carol"))
        assert status() == (0, ["primary", "replica"], "")
        replica.suspend()
        code, kinds, says = status()
        assert (code, kinds) == (1, ["primary", "unusable"])
        assert f"{replica.host}:{replica.port}" in says
        replica.resume()
        primary.psql("alter system set synchronous_commit = 'local'")
        primary.reload()
        assert "synchronous_commit is local" in status()[2]
        replica.promote()
        code, kinds, says = status()
        assert (code, kinds) == (1, ["former primary", "primary"])
        assert f"{primary.host}:{primary.port} is a former primary" in says
        replica.suspend()
        # It answers, but what it says is old.
        assert_refused(run("shared", "check"), 4, "is a former primary")
        assert status()[1] == ["former primary", "unusable"]
        replica.resume()
