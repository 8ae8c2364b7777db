"""Updates references to items, and accepted warnings about them, when item numbers change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Acknowledgement, Case, Item


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
