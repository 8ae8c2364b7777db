"""Edits of tuples, items and item numbers; an index that does not exist changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from imr_tui.model.size import require_rows

if TYPE_CHECKING:
    from imr_tui.model.case import Acknowledgement, Case, Item


_T = TypeVar("_T")


def has(values: tuple[object, ...], at: int) -> bool:
    """Whether the 0-based index `at` exists."""
    return 0 <= at < len(values)


def added(values: tuple[_T, ...], value: _T) -> tuple[_T, ...]:
    """Append `value`; raises LimitReached if the result is too long."""
    longer = (*values, value)
    require_rows(longer)
    return longer


def replaced(values: tuple[_T, ...], at: int, value: _T) -> tuple[_T, ...]:
    """Replace the entry at `at`."""
    return (*values[:at], value, *values[at + 1 :]) if has(values, at) else values


def without(values: tuple[_T, ...], at: int) -> tuple[_T, ...]:
    """Remove the entry at `at`."""
    return (*values[:at], *values[at + 1 :]) if has(values, at) else values


def moved(values: tuple[_T, ...], at: int, to: int) -> tuple[_T, ...]:
    """Move the entry at `at` to the position `to`."""
    if not (has(values, at) and has(values, to)):
        return values
    rest = without(values, at)
    return (*rest[:to], values[at], *rest[to:])


def with_item(case: Case, index: int, **changes: object) -> Case:
    """Change fields of the item at `index`."""
    if not has(case.items, index):
        return case
    return case.but(items=replaced(case.items, index, case.items[index].but(**changes)))


def renumbered(case: Case, items: tuple[Item, ...], numbers: Mapping[int, int]) -> Case:
    """Return `case` with reordered `items`; `numbers` maps old item numbers to new ones.

    Numbers count from 1; 0 means removed. An item that followed a removed one becomes independent,
    and accepted warnings about a removed item are dropped.
    """
    followed = tuple(item.but(follows=numbers.get(item.follows, item.follows)) for item in items)
    accepted = dict(_renumber_accepted(case.acknowledged, numbers))
    return case.but(items=followed, acknowledged=accepted)


def _renumber_accepted(
    accepted: Mapping[str, Acknowledgement], numbers: Mapping[int, int]
) -> list[tuple[str, Acknowledgement]]:
    kept = []
    for key, given in accepted.items():
        rule, _, number = key.partition("-")
        new = numbers.get(int(number), int(number)) if number else None
        if new != 0:
            kept.append((rule if new is None else f"{rule}-{new}", given))
    return kept
