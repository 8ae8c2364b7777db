"""Gives cases of the shared store to a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, Conflict
from imr_tui.model.limits import required_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.store.shared.cases.audit import SharedAudit
    from imr_tui.store.shared.connection.database import Database

_SECONDS = 60.0
_NOTHING = "No case was assigned."
# Claims before cases, as a save locks them. Once the cases are locked, no claim can be added.
_LOCK_CLAIMS = """
select from claims where number = any(%(numbers)s) order by number for update
"""
_LOCK_CASES = "select number from cases where number = any(%(numbers)s) order by number for update"
_HELD = """
select number, who, host, since from claims
where number = any(%(numbers)s) and expires > clock_timestamp() order by number
"""
_ASSIGN = """
update cases set reviewer = %(reviewer)s
where number = any(%(numbers)s) and reviewer <> %(reviewer)s
returning number
"""


def assign(
    database: Database, audit: SharedAudit, numbers: Sequence[str], reviewer: str
) -> frozenset[str]:
    """Give cases to a role; returns those that another role, or nobody, had before.

    All or none: raises BadInput for a number that is not there, Conflict if a session has a case
    open, Unreachable, and then it can be repeated.
    """
    wanted = [required_number(number) for number in numbers]
    values: dict[str, object] = {"numbers": wanted, "reviewer": reviewer}
    with database.transaction(_SECONDS):
        database.run(_LOCK_CLAIMS, values)
        _require_there(numbers, {number for (number,) in database.run(_LOCK_CASES, values)})
        _require_closed(database, values)
        assigned = frozenset(number for (number,) in database.run(_ASSIGN, values))
        audit.append_of_cases(sorted(assigned), "assigned")
    return assigned


def _require_there(numbers: Sequence[str], there: set[str]) -> None:
    if missing := [number for number in numbers if number not in there]:
        raise BadInput(f"The shared store does not have {', '.join(missing)}. {_NOTHING}")


def _require_closed(database: Database, values: dict[str, object]) -> None:
    # pydantic, which the other commands do without.
    from imr_tui.store.locking.holder import Holder

    for number, who, host, since in database.run(_HELD, values):
        holder = Holder(who=who, host=host, since=since)
        raise Conflict(f"{holder} has {number} open. {_NOTHING} Try again when it is closed.")
