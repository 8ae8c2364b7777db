"""The room that a text has: in its window, and in its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

JUMP = 3
"""A caret that leaves the window has it jump by one part in so many of its size."""


def fits(entry: Widget, now: int, more: int, limit: int) -> bool:
    """Whether a paste of `more` characters fits; says so where it does not."""
    if now + more <= limit:
        return True
    entry.notify(
        f"{more:,} characters were pasted and the field holds {limit:,}. Nothing was inserted.",
        title="Too long",
        severity="warning",
        markup=False,
    )
    return False
