"""What the errors of psycopg mean for a session, as errors of imr-tui."""

from __future__ import annotations

import psycopg

from imr_tui.errors import ImrError, StatementRefused
from imr_tui.store.shared.connection.sentences import unreachable
from imr_tui.text.sanitize import clean_line

_LATER = ("08", "25006", "25P0", "40", "53", "55P03", "57", "58", "XX")
"""Beginnings of SQLSTATEs that another time or another server may not give.

Lost connections, read-only servers, time limits, deadlocks, lack of resources, an administrator,
and faults of the disk (PostgreSQL, appendix A).
"""
_MAX_REASON = 120


def from_driver(error: psycopg.Error, server: str) -> ImrError:
    """The error to raise for `error`: Unreachable if a repeat may succeed, or StatementRefused."""
    state = error.sqlstate or ""
    if state.startswith(_LATER) or (not state and _is_of_connection(error)):
        return unreachable(server, f"cannot be used: {reason(error)}")
    return StatementRefused(
        f"The shared store refused a request: {reason(error)}. Nothing was changed there.", state
    )


def reason(error: psycopg.Error) -> str:
    """What the server or libpq says, in one short line without a full stop."""
    says = error.diag.message_primary or str(error)
    line = clean_line(next((line for line in says.splitlines() if line.strip()), "no reason given"))
    # libpq puts the host, and the server the severity, before what matters.
    for before in ("failed: ", "FATAL:  ", "SSL error: "):
        line = line.rpartition(before)[2]
    return line.strip().rstrip(".")[:_MAX_REASON]


def _is_of_connection(error: psycopg.Error) -> bool:
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
