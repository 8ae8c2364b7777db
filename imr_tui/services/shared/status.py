"""Reports on the servers of the shared store, and on what an account sees there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.services.shared import store as shared_store
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.shared.connection.address import Address
    from imr_tui.store.shared.connection.database import Database
    from imr_tui.store.shared.connection.identity import Identity
    from imr_tui.store.shared.connection.servers import Answer

ServerKind = Literal["primary", "replica", "former primary", "unusable"]
SECONDS = 10.0
"""How long the servers have to answer."""
_COUNT_SECONDS = 60.0
_SETTINGS = """
select current_setting('synchronous_standby_names'), current_setting('synchronous_commit'),
    (select count(*) from pg_stat_replication)
"""
_COUNTS = """
select count(*), count(*) filter (where rank < 3), count(*) filter (where reviewer = '') from cases
"""
_WAITING = ("on", "remote_apply")
"""Values of `synchronous_commit` with which a save is on the disk of a replica, too."""


class ServerStatus(NamedTuple):
    """What one server of the address is."""

    server: str
    """`host:port`."""
    kind: ServerKind
    identity: Identity | None = None
    """Its epoch and timeline; None if it is no primary."""
    why: str = ""
    """Why it cannot be used, as a sentence."""


class PrimaryStatus(NamedTuple):
    """What the primary says."""

    schema: int
    """The number of the newest migration."""
    standbys: str
    """Its `synchronous_standby_names`; blank if no save waits for a replica."""
    commit: str
    """Its `synchronous_commit`."""
    replicas: int
    """How many replicas are connected to it."""
    cases: int
    """How many cases the role sees."""
    unfinished: int
    """How many of them are not finished."""
    unassigned: int
    """How many of them nobody has."""


class SharedStatus(NamedTuple):
    """The state of the shared store, as far as it is known."""

    role: str
    """The database role that asked."""
    servers: Sequence[ServerStatus]
    """Every server of the address, in its order."""
    primary: PrimaryStatus | None
    """None if there is no primary that can be used."""
    problems: Sequence[str]
    """What needs attention, as sentences."""


def status(host: Host, role: str = "", *, seconds: float = SECONDS) -> SharedStatus:
    """The state of the shared store, asked with `role` or the role of this account.

    With `role`, that may also be the owner, who sees no case. Raises BadInput for an address that
    cannot be used, and CannotStore if the driver is not installed.
    """
    database = shared_store.database(host, role, for_setup=bool(role))
    servers = _servers(database.address, seconds)
    problems = [*_warnings_of_servers(servers)]
    primary = None
    if any(server.identity for server in servers):
        try:
            primary = _primary(database, seconds)
            problems += _warnings(primary)
        except ImrError as error:
            problems.append(str(error))
        finally:
            database.close()
    return SharedStatus(database.address.role, servers, primary, problems)


def in_words(found: SharedStatus) -> str:
    """The state in one line, such as `primary db1:5432, epoch 1, timeline 2, 1 replica`."""
    for server in found.servers:
        if server.kind == "primary" and server.identity and found.primary:
            epoch, timeline = server.identity
            count = found.primary.replicas
            replicas = f"{count} replica{'' if count == 1 else 's'}"
            return f"primary {server.server}, epoch {epoch}, timeline {timeline}, {replicas}"
    return "no primary that can be used"


def _servers(address: Address, seconds: float) -> list[ServerStatus]:
    from imr_tui.store.shared.connection.servers import survey

    answers = survey(address, seconds=seconds)
    facts = [answer.facts for answer in answers if answer.facts]
    writable = [each.identity for each in facts if each.is_writable]
    newest = max([*writable, shared_store.server_memory().highest()])
    return [_server(answer, newest) for answer in answers]


def _server(answer: Answer, newest: Identity) -> ServerStatus:
    if answer.facts is None:
        return ServerStatus(answer.server, "unusable", why=clean_line(str(answer.error)))
    if not answer.facts.is_writable:
        return ServerStatus(answer.server, "replica")
    identity = answer.facts.identity
    is_newest = identity == newest
    return ServerStatus(answer.server, "primary" if is_newest else "former primary", identity)


def _primary(database: Database, seconds: float) -> PrimaryStatus:
    from imr_tui.store.shared.schema.migrations import installed

    [(standbys, commit, replicas)] = database.run(_SETTINGS, seconds=seconds)
    schema = installed(database.connect())
    counts = (0, 0, 0)
    if schema:
        [counts] = database.run(_COUNTS, seconds=_COUNT_SECONDS)
    return PrimaryStatus(schema, standbys, commit, replicas, *counts)


def _warnings_of_servers(servers: Sequence[ServerStatus]) -> Iterator[str]:
    yield from (server.why for server in servers if server.kind == "unusable")
    for server in servers:
        if server.kind == "former primary":
            yield (
                f"{server.server} is a former primary, which takes changes that nobody reads. Stop "
                "it, or make it a replica."
            )
    if all(server.kind != "primary" for server in servers):
        yield "No primary can be reached, so no text is shared until one can."


def _warnings(primary: PrimaryStatus) -> Iterator[str]:
    if not primary.standbys:
        yield (
            "synchronous_standby_names is blank, so a failover can lose texts that were shown as "
            "shared. See `imr-tui help shared-setup`."
        )
    elif primary.commit not in _WAITING:
        yield (
            f"synchronous_commit is {primary.commit}, so a failover can lose texts that were shown "
            "as shared. Set it to on."
        )
    elif not primary.replicas:
        yield "No replica is connected to the primary, so no text is shared until one is."
