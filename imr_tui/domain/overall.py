"""The overall determination of a case, which follows from the decisions of its items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from imr_tui.model.limits import Outcome

Overall = Literal["UPHOLD", "OVERTURN", "PARTIALLY OVERTURN"]
"""The overall determination, in the words of the published ones."""


def overall(decisions: Iterable[Outcome | None]) -> Overall | None:
    """What the decisions of all items come to; None while one is open, or if there is no item."""
    found = set(decisions)
    if not found or None in found:
        return None
    if len(found) > 1:
        return "PARTIALLY OVERTURN"
    return "UPHOLD" if "upheld" in found else "OVERTURN"
