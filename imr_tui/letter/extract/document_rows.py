"""The lines of a document."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A line of a document."""

    text: str
    """The words, single-spaced."""
    is_page: bool = False
    """Whether the line follows a form feed."""


def is_set_off(rows: Sequence[Row], at: int) -> bool:
    """Whether both neighbours of a row are blank lines or page boundaries."""
    above = at == 0 or rows[at].is_page or not rows[at - 1].text
    below = at + 1 == len(rows) or rows[at + 1].is_page or not rows[at + 1].text
    return above and below
