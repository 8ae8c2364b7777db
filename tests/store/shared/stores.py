"""Servers with the tables of the shared store, and connections to them, for tests."""

from pathlib import Path

from imr_tui.store.shared.connection.address import Address, address_of
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import add_database, add_roles

SECONDS = 20.0
"""More than any server here takes; a test that waits as long fails."""


def add_store(cluster: Cluster) -> None:
    """Make the roles and a database `imr` with the tables."""
    add_roles(cluster)
    add_database(cluster, "imr")


def address(
    cluster: Cluster, role: str = "alice", database: str = "imr", *hosts: Cluster
) -> Address:
    """The address of servers for a role, with its certificate."""
    return address_of(cluster.url(role, database, hosts=hosts), role)


def connected(where: Address, seconds: float = SECONDS) -> Connection:
    """A connection to the first server of an address."""
    return Connection.open(where, where.hosts[0], seconds=seconds)


def database_of(where: Address, folder: Path) -> Database:
    """The shared store as a session of `folder` uses it."""
    (folder / ".imr").mkdir(parents=True, exist_ok=True)
    return Database(where, ServerMemory(folder))
