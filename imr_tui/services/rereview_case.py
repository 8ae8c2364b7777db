"""Begins the new review that an order requires, as a new case (Labor Code 4610.6(i))."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.model.signature import Rereview
from imr_tui.services.commit_signature import take_step
from imr_tui.services.signed_case import open_signed, required_text
from imr_tui.signing.rereview import new_review
from imr_tui.store.cases.folder import Folder
from imr_tui.store.signing.unfinished import Unfinished

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from imr_tui.services.signed_case import SignedCase
    from imr_tui.store.signing.trust import Trust

_UNCHANGED = "No case was created."


class Order(NamedTuple):
    """The order for a new review."""

    day: date
    """Its date."""
    facts: str
    """The facts that it found wrong."""


def begin_rereview(path: Path, number: str, order: Order, trust: Trust, now: datetime) -> Path:
    """Create the case `number`, beside `path`, for a new review of the signed case in `path`.

    `now` has the local time zone; the caller holds the claim on the new number. Raises what
    `open_signed` raises; Conflict if the number is taken; BadInput for blank facts and for a date
    on which the order cannot have been made; CannotStore.
    """
    folder, facts = Folder(path.parent), required_text(order.facts, "The facts found wrong")
    signed = open_signed(path, trust)
    _require_possible(order.day, signed, now.date())
    folder.require_free(number)
    rereview = Rereview(
        case=signed.case.number,
        manifest=signed.signature.manifest,
        ordered=order.day,
        facts=facts,
    )
    case = new_review(signed.case, number, rereview)
    step = Unfinished(number, "re-review begun", signed.signature.revision, rereview.manifest)

    def write() -> None:
        folder.new(case)

    take_step(folder.path, step, write, now)
    return folder.path_of(number)


def _require_possible(ordered: date, signed: SignedCase, today: date) -> None:
    decided = signed.case.particulars.decision_date
    if ordered > today:
        raise BadInput(f"The order cannot be of {ordered}, which is after today. {_UNCHANGED}")
    if decided is not None and ordered < decided:
        raise BadInput(
            f"The order cannot be of {ordered}: {signed.case.number} was decided on {decided}. "
            f"{_UNCHANGED}"
        )
