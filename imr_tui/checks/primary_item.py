"""Finds the item that another one depends on: the surgery that a cold unit is requested for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.checks.rules.decision.derivative import (
    AROUND_SURGERY,
    DERIVATIVE_REQUEST,
    is_main,
    is_surgery,
)
from imr_tui.reading.treatments.treatment_kinds import all_kinds

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_SERVES_SURGERY = frozenset(
    (
        "anesthesia",
        "assistant",
        "cold or heat",
        "compression device",
        "compression stockings",
        "crutches",
        "hospital care",
        "medical clearance",
        "nursing facility",
        "walking aid",
    )
)
"""The kinds of request that come with surgery."""


def primary_item(case: Case, index: int) -> int | None:
    """The 0-based item whose decision also decides item `index`; None if there is no such item.

    It is the item that the reviewer named. Otherwise it is the only surgery of the case, if the
    words of the request say that it comes with one.
    """
    item = case.items[index]
    if item.follows:
        at = item.follows - 1
        return at if at < len(case.items) and at != index else None
    surgeries = [at for at, other in enumerate(case.items) if at != index and is_main(other)]
    return surgeries[0] if len(surgeries) == 1 and _comes_with_surgery(item) else None


def _comes_with_surgery(item: Item) -> bool:
    words = item.request
    if DERIVATIVE_REQUEST.search(words) or AROUND_SURGERY.search(words):
        return True
    return not is_surgery(item) and not _SERVES_SURGERY.isdisjoint(all_kinds(words))
