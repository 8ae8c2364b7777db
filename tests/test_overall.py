"""The overall determination, for every pattern of decisions."""

from itertools import product

import pytest

from imr_tui.domain.overall import overall
from imr_tui.model.limits import Outcome

MOST_ITEMS = 21
"""The most items of a published letter."""
OUTCOMES: tuple[Outcome, Outcome] = ("upheld", "overturned")


def expected(upheld: int, overturned: int) -> str:
    """The same by counting."""
    if not overturned:
        return "UPHOLD"
    return "PARTIALLY OVERTURN" if upheld else "OVERTURN"


def test_every_number_of_upheld_and_overturned_items() -> None:
    for items in range(1, MOST_ITEMS + 1):
        for upheld in range(items + 1):
            overturned = items - upheld
            decisions = OUTCOMES[:1] * upheld + OUTCOMES[1:] * overturned
            assert overall(decisions) == expected(upheld, overturned)
            assert overall(reversed(decisions)) == expected(upheld, overturned)


def test_every_order_of_up_to_ten_items() -> None:
    for items in range(1, 11):
        for pattern in product(OUTCOMES, repeat=items):
            counts = pattern.count("upheld"), pattern.count("overturned")
            assert overall(pattern) == expected(*counts)


@pytest.mark.slow
def test_every_order_of_the_most_items() -> None:
    # All patterns of 21 items; those of fewer items differ in length only.
    for pattern in product(OUTCOMES, repeat=MOST_ITEMS):
        assert overall(pattern) == expected(*map(pattern.count, OUTCOMES))


@pytest.mark.parametrize("known", [(), OUTCOMES, ("upheld",) * 20])
def test_while_an_item_is_open_there_is_none(known: tuple[Outcome, ...]) -> None:
    for at in range(len(known) + 1):
        assert overall([*known[:at], None, *known[at:]]) is None
    assert overall([]) is None
