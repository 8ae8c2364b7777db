"""What a new review takes over from the determination that it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.workflow import REQUEST_FIELDS
from imr_tui.model.case import Case, Item

if TYPE_CHECKING:
    from imr_tui.model.signature import Rereview

_FACTS = (*REQUEST_FIELDS, "administrator_citations")
"""The fields of an item that belong to the dispute, not to the review."""
_BLANK = ("date_assigned", "records_received", "decision_date")
"""The dates of the earlier review: the new reviewer gets the case and its records again."""


def new_review(earlier: Case, number: str, rereview: Rereview) -> Case:
    """The case of a new review: the dispute of an earlier case, and nothing that was judged.

    A new review is made by another organization, or by another reviewer (Labor Code 4610.6(i)).
    """
    # The id of the assignment belongs to the earlier case only.
    again = earlier.particulars.but(number=number, assignment="", **dict.fromkeys(_BLANK))
    return Case.blank(number).but(
        particulars=again,
        parties=earlier.parties,
        records=earlier.records,
        items=tuple(map(_undecided, earlier.items)),
        rereview=rereview,
    )


def _undecided(item: Item) -> Item:
    return Item().but(**{name: getattr(item, name) for name in _FACTS})
