"""A row of a file of assignments: one object or one line of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imr_tui.domain.sent_object import Field


class Row(NamedTuple):
    """A row, or the reason why it cannot be read."""

    line: int
    """The number of the line on which it begins."""
    fields: tuple[Field, ...] = ()
    """Its fields."""
    error: str = ""
    """Why it cannot be read, as a sentence; blank if it can."""
