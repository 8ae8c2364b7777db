"""IMR601: the due date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain import deadlines
from imr_tui.domain.workflow import Place

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


SOON = 3
"""Days before the due date at which a standard review is reported; for others it is one day."""


@rule(
    "IMR601",
    "due-soon",
    "warning",
    why="The time limit is directory: a late letter is valid, but still late.",
    source="Labor Code 4610.6(d); 8 CCR 9792.10.6; Margaris (Cal. App. 2016)",
    fires={"today": "2026-12-19", "case.records_received": "2026-11-20"},
    passes={"today": "2026-12-01", "case.records_received": "2026-11-20"},
    blocks=False,
)
def due_soon(context: CheckContext) -> Iterator[Hit]:
    """The determination is due within days, or overdue. This never blocks the letter.

    It does not apply once the case has a decision date or its letter was written.
    """
    case = context.particulars
    limit = deadlines.due(case)
    is_over = bool(case.decision_date or case.imported or context.is_written)
    if limit is None or context.today is None or is_over:
        return
    left = limit.days_left(context.today)
    if left <= (SOON if case.priority == "standard" else 1):
        says = f"Due {limit.day}, {deadlines.days_left_text(limit, context.today)}: {limit.why}"
        received = "records_received" if case.records_received else "application_received"
        yield Hit(Place(f"case.{received}"), says)
