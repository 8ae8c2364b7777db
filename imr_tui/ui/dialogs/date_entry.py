"""Dates in the fields of a form: typed as people write them, completed when the field is left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from imr_tui.text.user_input import is_full_date, read_date, spelled
from imr_tui.ui.dialogs.form import Unfinished
from imr_tui.ui.widgets.field import remark

if TYPE_CHECKING:
    from imr_tui.ui.dialogs.form import Entry


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


def spell(entry: Entry, today: date) -> None:
    """Show the date that was just typed into a field in words."""
    if entry.has_focus:
        day = read_date(entry.value, today)
        remark(entry, spelled(day) if day else "")
