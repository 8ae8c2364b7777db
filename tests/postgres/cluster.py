"""A real PostgreSQL server in a directory directly under /tmp, with roles and certificates."""

import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from urllib.parse import quote

from tests.postgres.certificates import Certificates
from tests.postgres.cleanup import Cleanup
from tests.postgres.programs import SECONDS, as_server, program, run, server_user
from tests.postgres.server import Server, wait_until
from tests.postgres.sql import identifier, literal, query

SETTINGS = {
    "shared_buffers": "32MB",
    "max_connections": "60",
    "ssl": "on",
    # The server's memory is to vanish with its directory, however it ends.
    "dynamic_shared_memory_type": "mmap",
}
"""What every server is set to."""
FAST = {"fsync": "off", "full_page_writes": "off"}
"""Settings for tests that measure no saves: what was written outlives the server, if killed, too.

Only a machine that loses its power loses it.
"""
ACCESS = """\
local all all trust
local replication all trust
hostssl all +imr_password samenet scram-sha-256
hostssl all all samenet cert
hostssl replication all samenet cert
"""
"""pg_hba.conf: who may connect, and how they show who they are."""
GROUP_OF_PASSWORDS = "imr_password"
"""The roles that show a password instead of a certificate."""
REPLICA_ROLE = "imr_replica"
"""As whom a replica connects to its primary."""
PORTS = range(10_000, 32_000)
"""Below those that the kernel gives to clients: a server gets its own port back."""
REMOVE = """
while pids=$(find /proc -maxdepth 2 -name cwd -lname "$1" | cut -d/ -f3) && [ -n "$pids" ]; do
    echo "$pids" | xargs kill -KILL
done
memory=$(sed -n '7s/.* //p' "$1/postmaster.pid") && ipcrm -m "$memory"
rm -rf "$1" "$2"
"""
"""Ends every process of the data directory, and removes what they leave."""


class Cluster(Server):
    """One server with its databases; the program's own word for it is a cluster."""

    def __init__(
        self, settings: Mapping[str, str], address: str, directory: Path | None, netns: str
    ) -> None:
        """Make the directory; see `create`."""
        self.directory = Path(mkdtemp(prefix="imr-pg-", dir="/tmp"))
        """Where its log, its socket and its certificates are, and its data by default."""
        self.directory.chmod(0o755)
        data = (directory or self.directory) / "data"
        super().__init__(data, self.directory / "log", netns)
        self._cleanup = Cleanup(REMOVE, str(data), str(self.directory))
        self.host = address
        """The IP address at which it listens."""
        self.port = _free_port()
        """The port at which it listens, after each start."""
        self.socket_directory = self.directory / "socket"
        """Where its Unix socket is."""
        self.socket_directory.mkdir()
        os.chown(self.socket_directory, server_user().pw_uid, -1)
        self.certificates = Certificates(self.directory / "tls")
        """Its own certificate, and those of the roles."""
        self.settings = {**SETTINGS, **self._own_settings(), **settings}
        """All that differs from initdb's settings; `configure` changes them."""

    def _own_settings(self) -> dict[str, str]:
        certificate, key = self.certificates.of_server(self.host, server_user().pw_uid)
        return {
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": str(self.socket_directory),
            "ssl_ca_file": str(self.certificates.authority),
            "ssl_cert_file": str(certificate),
            "ssl_key_file": str(key),
        }

    @classmethod
    def create(
        cls,
        *,
        settings: Mapping[str, str] = MappingProxyType({}),
        address: str = "127.0.0.1",
        directory: Path | None = None,
        netns: str = "",
    ) -> "Cluster":
        """A new server that answers; its data are in `directory`, which is another disk, if given.

        In a network namespace, `address` is one of that namespace. Raises ServerFailed.
        """
        cluster = cls(settings, address, directory, netns)
        try:
            cluster.initialize()
            cluster.write("pg_hba.conf", ACCESS)
            cluster.write_settings(cluster.settings)
            cluster.start()
            cluster.add_role(GROUP_OF_PASSWORDS, can_login=False)
        except BaseException:
            cluster.destroy()
            raise
        return cluster

    def configure(self, settings: Mapping[str, str]) -> None:
        """Change settings of the running server, and wait until they apply."""
        self.settings.update(settings)
        self.write_settings(self.settings)
        question = "select pg_conf_load_time()"
        before = self.psql(question, "postgres")
        self.reload()
        wait_until(lambda: self.psql(question, "postgres") != before, "the settings apply")

    def url(
        self,
        role: str,
        database: str = "imr",
        *,
        hosts: Sequence["Cluster"] = (),
        with_certificate: bool = True,
    ) -> str:
        """The address that libpq takes, without a user; `hosts` are tried after this server."""
        places = ",".join(f"{server.host}:{server.port}" for server in (self, *hosts))
        options = {"sslmode": "verify-full", "sslrootcert": self.certificates.authority}
        if with_certificate:
            certificate, key = self.certificates.of_role(role)
            options |= {"sslcert": certificate, "sslkey": key}
        query = "&".join(f"{name}={quote(str(value))}" for name, value in options.items())
        return f"postgresql://{places}/{quote(database)}?{query}"

    def psql(
        self, sql: str, database: str = "imr", role: str = "postgres", *, seconds: float = SECONDS
    ) -> list[list[str]]:
        """The rows that statements return, each in its own transaction; a null is blank.

        They come over the Unix socket, behind the app's back. Raises ProgramFailed, and
        subprocess.TimeoutExpired.
        """
        place = ["-h", str(self.socket_directory), "-p", str(self.port)]
        return query([*place, "-U", role, "-d", database], sql, seconds)

    def add_role(
        self, name: str, *, password: str = "", groups: Sequence[str] = (), can_login: bool = True
    ) -> None:
        """Make a role; one with a password cannot show a certificate."""
        groups = [*groups, GROUP_OF_PASSWORDS] if password else groups
        options = ["login" if can_login else "nologin"]
        options += [f"password {literal(password)}"] if password else []
        options += [f"in role {', '.join(map(identifier, groups))}"] if groups else []
        self.psql(f"create role {identifier(name)} {' '.join(options)}", "postgres")

    def create_database(self, name: str, *, owner: str = "postgres", template: str = "") -> None:
        """Make a database, empty or as a copy of another one."""
        options = f"owner {identifier(owner)} template {identifier(template or 'template0')}"
        self.psql(f"create database {identifier(name)} {options}", "postgres")

    def drop_database(self, name: str) -> None:
        """Remove a database; its sessions are ended."""
        self.psql(f"drop database {identifier(name)} with (force)", "postgres")

    def replica(self, *, synchronous: bool) -> "Cluster":
        """A new server that follows this one; if synchronous, a commit here waits for it.

        Raises ServerFailed.
        """
        if not self.psql(f"select 1 from pg_roles where rolname = '{REPLICA_ROLE}'", "postgres"):
            self.psql(f"create role {REPLICA_ROLE} login replication", "postgres")
        # A copy of the primary's own wait for a replica would make the replica wait for itself.
        own = {*self._own_settings(), "primary_conninfo", "synchronous_standby_names"}
        inherited = {name: value for name, value in self.settings.items() if name not in own}
        replica = Cluster(inherited, "127.0.0.1", None, "")
        try:
            replica._copy(self)
            replica.start()
            if synchronous:
                self.configure({"synchronous_standby_names": f'"{replica.directory.name}"'})
            state = "sync" if synchronous else "async"
            wait_until(lambda: self._is_followed_by(replica, state), "the replica follows")
        except BaseException:
            replica.destroy()
            raise
        return replica

    def _copy(self, primary: "Cluster") -> None:
        self.make_data()
        place = ("-h", str(primary.socket_directory), "-p", str(primary.port), "-U", "postgres")
        options = ("-D", str(self.data), "--checkpoint=fast", "--no-sync")
        run(as_server([program("pg_basebackup"), *place, *options]), cwd=self.data)
        certificate, key = self.certificates.of_role(REPLICA_ROLE, server_user().pw_uid)
        self.settings["primary_conninfo"] = (
            f"host={primary.host} port={primary.port} user={REPLICA_ROLE} sslmode=verify-full"
            f" sslrootcert={self.certificates.authority} sslcert={certificate} sslkey={key}"
            f" application_name={self.directory.name}"
        )
        self.write_settings(self.settings)
        self.write("standby.signal", "")

    def _is_followed_by(self, replica: "Cluster", state: str) -> bool:
        sql = "select state, sync_state from pg_stat_replication where application_name ="
        rows = self.psql(f"{sql} {literal(replica.directory.name)}", "postgres")
        return rows == [["streaming", state]]

    def promote(self) -> None:
        """Make this replica a primary, and wait until it is one."""
        assert self.psql("select pg_promote()", "postgres") == [["t"]]

    def destroy(self) -> None:
        """Stop the server and remove all its files; another call does nothing."""
        if self.is_running:
            self.resume()
            self.stop("immediate")
        self._cleanup.run()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *error: object) -> None:
        self.destroy()


def _free_port() -> int:
    while True:
        port = PORTS[secrets.randbelow(len(PORTS))]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
