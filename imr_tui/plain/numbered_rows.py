"""Reads the number of a row that is typed after a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.plain.console import Console

_MAX_DIGITS = 6
"""Digits of the largest number of a row."""


def number_typed(typed: str, count: int) -> int | None:
    """The number from 1 to `count` that is typed, or None."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _MAX_DIGITS):
        return None
    return int(typed) if 1 <= int(typed) <= count else None


def row_typed(console: Console, typed: str, count: int, noun: str) -> int | None:
    """The index of the row that `typed` names; None, and says why, if it names none.

    `noun` is what the rows are, such as `item`. The number can be left out if there is one row.
    """
    if not count:
        console.error(f"There is no {noun}.")
        return None
    if not typed and count == 1:
        return 0
    if (number := number_typed(typed, count)) is not None:
        return number - 1
    console.error(f"Type the number of the {noun} after the command, 1 to {count}.")
    return None
