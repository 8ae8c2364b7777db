"""The servers of an organization, each with one way to fail and to come back."""

import time
from contextlib import ExitStack, suppress
from typing import Any, Self

import psycopg

from tests.postgres import disk, network, programs
from tests.postgres.cluster import FAST, Cluster
from tests.postgres.disk import MEGABYTES, Disk
from tests.postgres.fixtures import EMPTY, SharedDatabase, add_database, add_roles
from tests.postgres.network import Namespace
from tests.postgres.programs import ProgramFailed
from tests.postgres.server import ServerFailed, wait_until

ROLE = "alice"
"""The reviewer."""
DATABASE = "imr"
FILES = 20
"""More files than a server keeps for its log of changes on a small disk."""
LOGGED = {
    **FAST,
    "log_statement": "all",
    "log_connections": "on",
    "log_line_prefix": "%p|%u|",
}
"""Servers of which it is asked afterwards what they were told."""


def why_missing() -> str:
    """What these servers need and this machine does not have; blank if they can run."""
    return programs.why_missing() or network.why_missing() or disk.why_missing()


class Site:
    """A primary that can fail: it is killed, and started again."""

    def __init__(self) -> None:
        """Start its servers; raises ServerFailed."""
        self._owned = ExitStack()
        with ExitStack() as undo:
            undo.push(self._owned)
            self.primary = self._made(self._create())
            """The server with the shared store."""
            add_roles(self.primary)
            add_database(self.primary, DATABASE)
            self._add_more()
            undo.pop_all()

    def _create(self) -> Cluster:
        return Cluster.create(settings=LOGGED)

    def _add_more(self) -> None:
        """Add what else the site has."""

    def _made(self, cluster: Cluster) -> Cluster:
        self._owned.callback(cluster.destroy)
        return cluster

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._owned.close()

    @property
    def url(self) -> str:
        """The address of the shared store, as the file of the machine has it."""
        return self.primary.url(ROLE, DATABASE)

    @property
    def store(self) -> SharedDatabase:
        """The shared store behind the app's back."""
        return SharedDatabase(self.primary, DATABASE)

    def connection(self, server: Cluster | None = None) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection to the primary, or to another server, behind the app's back."""
        server = server or self.primary
        host, port = str(server.socket_directory), server.port
        return psycopg.connect(
            host=host, port=port, user="postgres", dbname=DATABASE, autocommit=True
        )

    def bodies(self, server: Cluster) -> list[bytes]:
        """The case files that a server has."""
        with self.connection(server) as connection:
            return [body for (body,) in connection.execute("select body from cases")]

    def fail(self) -> None:
        """Let no primary be reachable."""
        self.primary.kill()

    def mend(self) -> float:
        """Let a primary be reachable; since when one is, by the monotonic clock."""
        self.primary.start()
        return time.monotonic()

    def return_former(self) -> None:
        """Let the former primary take changes again, if there is one."""

    def former_bodies(self) -> list[bytes]:
        """The case files that a former primary has, once it has returned."""
        return []

    def told_former(self) -> list[str]:
        """What a former primary was told to do with data by sessions since it has returned."""
        return []

    def renew(self) -> None:
        """Be as at first, with an empty store."""
        self.store.psql(EMPTY)


class Stopped(Site):
    """A server whose processes are stopped, and go on."""

    def fail(self) -> None:
        self.primary.suspend()

    def mend(self) -> float:
        self.primary.resume()
        return time.monotonic()


class Partitioned(Site):
    """A server that no packet reaches for a while."""

    def _create(self) -> Cluster:
        self.network = Namespace.create()
        self._owned.callback(self.network.destroy)
        name, address = self.network.name, self.network.address
        return Cluster.create(settings=LOGGED, address=address, netns=name)

    def fail(self) -> None:
        self.network.cut()

    def mend(self) -> float:
        self.network.mend()
        return time.monotonic()


class Full(Site):
    """A server whose disk takes nothing for a while; PostgreSQL ends itself then."""

    def _create(self) -> Cluster:
        self.disk = Disk.create(2 * MEGABYTES)
        self._owned.callback(self.disk.destroy)
        # Otherwise the log of changes would fill the disk by itself.
        settings = {**LOGGED, "max_wal_size": "48MB", "min_wal_size": "32MB"}
        return Cluster.create(settings=settings, directory=self.disk.directory)

    def fail(self) -> None:
        self.disk.fill()
        # Until there is no room in the files that it has; then it cannot log a change.
        with suppress(ProgramFailed):
            for _ in range(FILES):
                self.primary.psql("select txid_current(); select pg_switch_wal()", "postgres")

    def mend(self) -> float:
        self.disk.free()
        wait_until(self._is_up, "the server takes changes again")
        return time.monotonic()

    def _is_up(self) -> bool:
        with suppress(ProgramFailed, ServerFailed):
            if not self.primary.is_running:
                self.primary.start()
            return self.primary.psql("select txid_current() > 0", "postgres") == [["t"]]
        return False
