"""What follows an item when its number changes: the items that rest on it, the answers about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Acknowledgement, Case, Item


def renumbered(case: Case, items: tuple[Item, ...], numbers: Mapping[int, int]) -> Case:
    """`case` with `items`, which stand in their new order; `numbers` leads from old to new ones.

    Numbers count from 1, and 0 is none: what rested on an item that is gone stands on its own,
    and what was accepted about it goes with it.
    """
    followed = tuple(item.but(follows=numbers.get(item.follows, item.follows)) for item in items)
    accepted = dict(_kept(case.acknowledged, numbers))
    return case.but(items=followed, acknowledged=accepted)


def _kept(
    accepted: Mapping[str, Acknowledgement], numbers: Mapping[int, int]
) -> list[tuple[str, Acknowledgement]]:
    kept = []
    for key, given in accepted.items():
        rule, _, number = key.partition("-")
        new = numbers.get(int(number), int(number)) if number else None
        if new != 0:
            kept.append((rule if new is None else f"{rule}-{new}", given))
    return kept
