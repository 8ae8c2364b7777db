"""The address of the shared store, as the machine's settings name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote

from imr_tui.errors import BadInput

if TYPE_CHECKING:
    from imr_tui.store.config.machine_policy import Host

PORT = 5432
"""The port of a server where the address names none."""
SSLMODE = "verify-full"
"""The only `sslmode` that is allowed: libpq checks the server's certificate and its name."""
FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir", "passfile")
"""Parameters of libpq that name files; `~/` is the home of the account."""
_ALLOWED = frozenset(
    {*FILES, "sslmode", "connect_timeout", "channel_binding", "ssl_min_protocol_version"}
)
_URL = re.compile(r"postgres(?:ql)?://([^/?#]*)/([^/?#]+)(?:\?([^#]*))?")
_SERVER = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
_MAX_ROLE = 63
"""Bytes of a name in PostgreSQL; it cuts longer ones."""


class Address(NamedTuple):
    """Where the shared store is, and as whom to connect."""

    hosts: tuple[tuple[str, int], ...]
    """Name or IP address, and port, of each server that may be the primary."""
    database: str
    parameters: Mapping[str, str]
    """Parameters of libpq, such as `sslrootcert`; always with `sslmode`."""
    role: str
    """The database role of the account."""


def address_of(url: str, role: str) -> Address:
    """The address that `url` is for `role`; raises BadInput.

    The form is libpq's (postgresql.org, "Connection URIs") without a user and a password.
    """
    if not (parts := _URL.fullmatch(url)):
        raise _refused("must look like postgresql://HOST:PORT/DATABASE")
    servers, database, query = parts.groups()
    if "@" in servers:
        raise _refused("must not hold a user or a password; use a certificate or a passfile")
    return Address(
        tuple(_server(server) for server in servers.split(",")),
        unquote(database),
        _parameters(query or ""),
        _checked_role(role),
    )


def role_of(host: Host, account: str) -> str:
    """The database role of an account: its name, unless the machine's settings map it."""
    return host.shared_roles.get(account, account)


def _server(text: str) -> tuple[str, int]:
    # A socket of the same machine has no certificate: its path is not a name here.
    if not (found := _SERVER.fullmatch(text)):
        raise _refused("must name each server as HOST or HOST:PORT")
    port = int(found[2] or PORT)
    if not 0 < port < 65_536:
        raise _refused(f"has a port that does not exist, {port}")
    return found[1].strip("[]"), port


def _parameters(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise _refused("has parameters that are not NAME=VALUE") from None
    for name, value in pairs:
        if name not in _ALLOWED:
            raise _refused(f"must not set `{name}`")
        if not value or not value.isprintable():
            raise _refused(f"has no valid value for `{name}`")
    parameters = {"sslmode": SSLMODE} | dict(pairs)
    if parameters["sslmode"] != SSLMODE:
        raise _refused(f"must have sslmode={SSLMODE}, which is also the default")
    _require_seconds(parameters.get("connect_timeout", "1"))
    return parameters


def _require_seconds(text: str) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise _refused("needs a connect_timeout of 1 to 9999 seconds")


def _checked_role(role: str) -> str:
    if not role or not role.isprintable() or len(role.encode()) > _MAX_ROLE:
        raise BadInput(
            f"The shared store cannot have a database role “{role[:_MAX_ROLE]}”. Map the account "
            "to one in `shared_roles` of /etc/imr-tui.toml."
        )
    return role


def _refused(why: str) -> BadInput:
    # Without the address: it may hold a password.
    return BadInput(
        f"The address of the shared store {why}. Correct `shared` in /etc/imr-tui.toml."
    )
