"""Dates in the fields of a form: typed as people write them, completed when the field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.text.user_input import is_full_date, read_date, spelled

if TYPE_CHECKING:
    from datetime import date


class Unfinished(ValueError):
    """A text that is understood, and that further characters may still change."""


def read_full_date(typed: str, today: date) -> date | None:
    """The date, if it is typed in full; None for a blank.

    Raises Unfinished with the date that a short form means, ValueError if it means none.
    """
    day = read_date(typed, today)
    if day is not None and not is_full_date(typed):
        raise Unfinished(f"{spelled(day)} (Enter accepts it)")
    return day


def in_full(text: str, today: date) -> str:
    """A date in its ISO form; raises ValueError for a text that is not a date."""
    return str(read_date(text, today) or "")
