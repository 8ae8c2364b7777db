"""An assignment: a case as the organization sends it, and what it says about its state there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.model.case import Case

Status = Literal["open", "withdrawn", "authorized"]
"""Open: to be reviewed. Withdrawn: by the employee. Authorized: by the claims administrator."""
STATUSES: tuple[Status, ...] = ("open", "withdrawn", "authorized")


class Assignment(NamedTuple):
    """One assignment of a file of the organization."""

    id: str
    """The organization's id of the assignment; never blank."""
    status: Status
    """Whether the case is still to be reviewed."""
    reason: str
    """Why it was withdrawn or authorized; blank if not stated."""
    on: date | None
    """The date of the withdrawal or authorization, if stated."""
    case: Case
    """The case as sent: no reviewer, summary, decision or rationale; its assignment is `id`."""
    dropped: tuple[str, ...]
    """The kinds of data that were sent but are not kept, sorted: `birth date`, `telephone`."""
