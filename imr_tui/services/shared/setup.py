"""Creates the tables of the shared store and changes them, as their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput, CannotStore, StatementRefused
from imr_tui.services.shared import store as shared_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.shared.connection.address import Address
    from imr_tui.store.shared.connection.connection import Connection

_NO_RIGHT = "42501"
"""The SQLSTATE for a right that a role lacks."""
_GROUPS = ("imr_reviewer", "imr_coordinator")
_THERE = "select rolname from pg_roles where rolname in ('imr_reviewer', 'imr_coordinator')"
_OWNS = """
select pg_has_role(current_user, datdba, 'member') from pg_database
where datname = current_database()
"""


class GroupsMissing(CannotStore):
    """The owner may not create the groups; nothing was changed."""

    title = "Shared store"

    def __init__(self, role: str, sql: str) -> None:
        super().__init__(
            f"The database role {role} may not create the groups. Nothing was changed. Let a "
            "superuser of the database run the SQL above, then try again."
        )
        self.sql = sql
        """What a superuser has to run."""


class Updated(NamedTuple):
    """What was changed."""

    applied: Sequence[int]
    """The schemas that were made, one after the other."""
    epoch: int = 0
    """The epoch that began; 0 for none."""


def initialize(host: Host, owner: str) -> Sequence[int]:
    """Create the groups and tables as the role `owner`; returns the schemas that were made.

    Raises GroupsMissing, SchemaTooNew, BadInput, Unreachable or CannotStore.
    """
    from imr_tui.store.shared.schema import migrations

    database = shared_store.database(host, owner, for_setup=True)
    try:
        connection = database.connect()
        _require_owner(connection, database.address)
        _prepare(connection, database.address)
        return migrations.apply(connection)
    finally:
        database.close()


def update(host: Host, owner: str, *, new_epoch: bool = False) -> Updated:
    """Apply the missing migrations as the role `owner`, and begin a new epoch if asked to.

    Raises BadInput if there are no tables, SchemaTooNew, Unreachable or CannotStore.
    """
    from imr_tui.store.shared.schema import migrations

    database = shared_store.database(host, owner, for_setup=True)
    try:
        connection = database.connect()
        if not migrations.installed(connection):
            raise BadInput(
                "The shared store has no tables yet. Nothing was changed. Type "
                "`imr-tui shared init --as ROLE`."
            )
        applied = migrations.apply(connection)
        return Updated(applied, migrations.begin_epoch(connection) if new_epoch else 0)
    finally:
        database.close()


def _require_owner(connection: Connection, address: Address) -> None:
    if connection.run(_OWNS) != [(True,)]:
        raise BadInput(
            f"The database role {address.role} does not own the database {address.database}. "
            "Nothing was changed. Name the owner with --as."
        )


def _prepare(connection: Connection, address: Address) -> None:
    """Create the groups; raises GroupsMissing if the owner may not."""
    from imr_tui.store.shared.schema import migrations

    there = {name for (name,) in connection.run(_THERE)}
    try:
        migrations.prepare(connection)
    except StatementRefused as refused:
        if refused.sqlstate != _NO_RIGHT:
            raise
        missing = [group for group in _GROUPS if group not in there]
        raise GroupsMissing(address.role, _sql(missing, address.database)) from refused


def _sql(missing: Sequence[str], database: str) -> str:
    """What a superuser runs in place of `prepare`."""
    name = database.replace('"', '""')
    lines = [f"create role {group};" for group in missing]
    lines.append(f'revoke all on database "{name}" from public;')
    lines.append(f'grant connect on database "{name}" to {", ".join(_GROUPS)};')
    return "\n".join(lines)
