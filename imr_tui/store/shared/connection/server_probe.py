"""Asks a server of the shared store what it is, and what the role may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import StatementRefused
from imr_tui.store.shared.connection.identity import Identity, ServerFacts

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.connection import Connection

_MISSING, _NO_RIGHT = ("42P01", "3F000"), "42501"
"""SQLSTATEs: there is no such table or schema; the role may not read it."""
# The first eight digits of the name of a WAL file are the timeline. pg_control_checkpoint() has
# the former one for a while after a promotion.
_SERVER = """
select (select system_identifier from pg_control_system()) || ' ' || pg_postmaster_start_time(),
       not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off',
       current_user::text, rolsuper or rolbypassrls,
       case when pg_is_in_recovery() then 0
            else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint end
  from pg_roles where rolname = current_user
"""
# A member of the owner may become the owner, whom row-level security does not bind.
_OWNS = """
select coalesce(bool_or(pg_has_role(current_user, relowner, 'member')), false)
  from pg_class where oid = to_regclass('cases')
"""
_STORE = "select (select max(number) from epoch), (select max(version) from schema)"


def facts_of(connection: Connection, seconds: float) -> ServerFacts:
    """What a server says; raises Unreachable, or StatementRefused for a server of another kind."""
    rows = connection.run(_SERVER, seconds=seconds)
    instance, is_writable, role, is_privileged, timeline = rows[0]
    facts = ServerFacts(connection.server, instance, is_writable, role, is_privileged)
    if not is_writable:
        return facts
    [(owns,)] = connection.run(_OWNS, seconds=seconds)
    facts = facts._replace(is_privileged=is_privileged or owns, identity=Identity(0, timeline))
    try:
        [(epoch, schema)] = connection.run(_STORE, seconds=seconds)
    except StatementRefused as refused:
        if refused.sqlstate not in (*_MISSING, _NO_RIGHT):
            raise
        return facts._replace(has_rights=refused.sqlstate != _NO_RIGHT)
    return facts._replace(identity=Identity(epoch or 0, timeline), schema=schema or 0)
