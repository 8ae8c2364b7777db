"""A server for all tests of a process, and a fresh database for each test; see `conftest.py`."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from imr_tui.store.shared.schema.migrations import migrations
from tests.postgres import disk, network, programs
from tests.postgres.cluster import Cluster
from tests.requirements import skip_or_fail

FAST = {"fsync": "off", "full_page_writes": "off"}
"""For tests that end no server: nothing has to survive the machine."""
OWNER = "imr_owner"
REVIEWERS, COORDINATORS = "imr_reviewer", "imr_coordinator"
LOGINS = {"alice": REVIEWERS, "bob": REVIEWERS, "carol": COORDINATORS}
"""Those who use the app, and the group of each."""
TEMPLATE = "imr_template"
EMPTY = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid();
truncate cases, versions, files, claims, audit;
delete from epoch where number > 1;
"""
"""Ends the connections that a test left behind, and removes what it stored."""


@dataclass(frozen=True)
class SharedDatabase:
    """A database for one test."""

    cluster: Cluster
    """The server that has it."""
    name: str
    """Its name."""

    def url(self, role: str) -> str:
        """The address for a role, with its certificate; the role is not in it."""
        return self.cluster.url(role, self.name)

    def psql(self, sql: str, role: str = "postgres") -> list[list[str]]:
        """The rows that statements return, behind the app's back."""
        return self.cluster.psql(sql, self.name, role)


def add_roles(cluster: Cluster) -> None:
    """Make the owner, the groups and those who use the app."""
    cluster.add_role(OWNER)
    for group in (REVIEWERS, COORDINATORS):
        cluster.add_role(group, can_login=False)
    for login, group in LOGINS.items():
        cluster.add_role(login, groups=[group])


def add_database(cluster: Cluster, name: str) -> SharedDatabase:
    """Make a database as the site's administrator does, with all that the app needs in it."""
    cluster.create_database(name, owner=OWNER)
    database = SharedDatabase(cluster, name)
    for migration in migrations():
        database.psql(migration.path.read_text(encoding="utf-8"), OWNER)
    return database


@pytest.fixture(scope="session")
def can_run_servers() -> None:
    """For tests that make servers that they may stop and kill."""
    skip_or_fail("postgres", programs.why_missing())


@pytest.fixture(scope="session")
def postgres(can_run_servers: None) -> Iterator[Cluster]:
    """A server for all tests of this process; they must neither stop it nor change its settings."""
    with Cluster.create(settings=FAST) as cluster:
        add_roles(cluster)
        yield cluster


@pytest.fixture(scope="session")
def shared_template(postgres: Cluster) -> str:
    """The name of a database that each test gets a copy of."""
    return add_database(postgres, TEMPLATE).name


@pytest.fixture(scope="session")
def kept_database(postgres: Cluster, shared_template: str) -> SharedDatabase:
    """The database that all tests use in turn: to make one for each takes a second."""
    postgres.create_database("imr_tests", owner=OWNER, template=shared_template)
    return SharedDatabase(postgres, "imr_tests")


@pytest.fixture
def shared_database(kept_database: SharedDatabase) -> SharedDatabase:
    """A database with empty tables, to which nobody is connected; its schema must stay."""
    kept_database.cluster.psql(EMPTY, kept_database.name)
    return kept_database


@pytest.fixture
def namespace() -> Iterator[network.Namespace]:
    """A network namespace; root alone can make one, so elsewhere the test is skipped."""
    if reason := network.why_missing():
        pytest.skip(reason)
    made = network.Namespace.create()
    yield made
    made.destroy()


@pytest.fixture
def small_disk() -> Iterator[disk.Disk]:
    """A small disk; root alone can mount one, so elsewhere the test is skipped."""
    if reason := disk.why_missing():
        pytest.skip(reason)
    made = disk.Disk.create()
    yield made
    made.destroy()
