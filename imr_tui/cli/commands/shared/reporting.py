"""`imr-tui shared status`: the servers of the shared store, and what the account sees there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import say, tell
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.shared.status import SharedStatus, status as shared_status
from imr_tui.store.config.machine_policy import load_host
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imr_tui.services.shared.status import ServerStatus

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui shared status --json")
@click.option("--as", "role", default="", metavar="ROLE", help="Ask as this database role.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
def status(role: str, as_json: bool) -> int:
    """Print the servers, the schema, and how many cases you see.

    The exit code is 1 if something needs attention.
    """
    found = shared_status(load_host(), role)
    say(
        _as_json(found)
        if as_json
        else "\n".join(f"{name:<16}{value}" for name, value in lines(found))
    )
    tell(*found.problems)
    return EXIT_FINDINGS if found.problems else 0


def lines(found: SharedStatus) -> Iterator[tuple[str, str]]:
    """The names and values that are printed."""
    for server in found.servers:
        yield "server", f"{server.server} {_told(server)}"
    yield "role", clean_line(found.role)
    if (primary := found.primary) is None:
        return
    yield "schema", str(primary.schema)
    yield "synchronous", clean_line(primary.standbys) or "no replica"
    yield "replicas", f"{primary.replicas} connected"
    yield (
        "cases",
        f"{primary.cases:,} ({primary.unfinished:,} unfinished, {primary.unassigned:,} unassigned)",
    )


def _told(server: ServerStatus) -> str:
    if server.identity is None:
        return server.kind
    return f"{server.kind}, epoch {server.identity.epoch}, timeline {server.identity.timeline}"


def _as_json(found: SharedStatus) -> str:
    servers = [
        {
            "server": server.server,
            "kind": server.kind,
            "epoch": server.identity.epoch if server.identity else None,
            "timeline": server.identity.timeline if server.identity else None,
            "problem": server.why or None,
        }
        for server in found.servers
    ]
    return json.dumps(
        {
            "schema": JSON_SCHEMA,
            "role": found.role,
            "servers": servers,
            "primary": found.primary._asdict() if found.primary else None,
            "problems": list(found.problems),
        },
        indent=2,
    )
