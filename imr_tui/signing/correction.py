"""What a correction of a signed case may change: printed words, but nothing that was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.workflow import REQUEST_FIELDS
from imr_tui.signing.statement import decision_in_words

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_OTHERWISE = "`imr-tui rereview` begins a new review."


def refused(original: Case, changed: Case) -> str:
    """Why `changed` is no correction of the signed case `original`; blank if it is one.

    A correction keeps the case number, and the items with their requests, order and decisions
    (Labor Code 4610.6(i): a reversal is a new review).
    """
    if original.number != changed.number:
        return f"A correction keeps the case number {original.number}. It was not changed."
    if len(original.items) != len(changed.items):
        return _sentence("the items in dispute", "None was added or removed.")
    pairs = tuple(zip(original.items, changed.items, strict=True))
    differing = [at for at, (old, new) in enumerate(pairs) if _what(old) != _what(new)]
    if len(differing) > 1 and _is_reordered(original, changed):
        return _sentence("the order of the items", "It was not changed.")
    if differing:
        return _sentence("the requests", f"Item {differing[0] + 1} was not changed.")
    for number, (old, new) in enumerate(pairs, start=1):
        if old.decision != new.decision:
            return _sentence("the decisions", f"Item {number} stays {decision_in_words(old)}.")
    return ""


def as_draft_of(case: Case, earlier: Case) -> Case:
    """An earlier version as a text of `case`: whether the case is signed does not change."""
    return earlier.but(signature=case.signature, correction=case.correction, rereview=case.rereview)


def _what(item: Item) -> tuple[object, ...]:
    """What an item is about, without its decision and the reasons for it."""
    return tuple(getattr(item, name) for name in REQUEST_FIELDS)


def _is_reordered(original: Case, changed: Case) -> bool:
    return sorted(item.request for item in original.items) == sorted(
        item.request for item in changed.items
    )


def _sentence(what: str, outcome: str) -> str:
    says = "A correction may change printed words, but no decision, item or order"
    return f"{says}. It keeps {what}. {outcome} {_OTHERWISE}"
