"""Requires of a role that it may copy and assign the cases of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import BadInput

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.database import Database

_IS_COORDINATOR = "select pg_has_role(current_user, 'imr_coordinator', 'member'), current_user"
_IS_REVIEWER = """
select pg_has_role(oid, 'imr_reviewer', 'member') or pg_has_role(oid, 'imr_coordinator', 'member')
from pg_roles where rolname = %(role)s and not rolsuper
"""


def require_coordinator(database: Database, kept: str) -> None:
    """Raise BadInput, with what was `kept`, unless the role is a coordinator; Unreachable."""
    [(is_coordinator, role)] = database.run(_IS_COORDINATOR)
    if not is_coordinator:
        raise BadInput(
            f"The database role {role} is not a coordinator. {kept} Ask your site to add it to "
            "imr_coordinator."
        )


def require_reviewer(database: Database, role: str, kept: str) -> None:
    """Raise BadInput, with what was `kept`, unless `role` can have cases; Unreachable."""
    if database.run(_IS_REVIEWER, {"role": role}) != [(True,)]:
        raise BadInput(f"There is no role {role} in imr_reviewer. {kept}")
