"""Shows a date that is typed into a field of a form in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.text.user_input import read_date, spelled
from imr_tui.ui.widgets.field import remark

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.ui.dialogs.form import Entry


def spell(entry: Entry, today: date) -> None:
    """Show the date that was just typed into a field in words."""
    if entry.has_focus:
        day = read_date(entry.value, today)
        remark(entry, spelled(day) if day else "")
