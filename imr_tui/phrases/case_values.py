"""The values that phrases take from a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.reading.dates.dates import long_date
from imr_tui.reading.people.demographics import ages

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.model.case import Case
    from imr_tui.phrases.template import ValueName


def case_values(case: Case, item: int | None) -> dict[ValueName, str]:
    """The values of `case`, blank where it has none or several.

    `item` is the 0-based item that is being written about; None outside of the items.
    """
    about = case.items[item] if item is not None else None
    return {
        "request": about.request if about is not None else "",
        "primary": _primary(case, about.follows) if about is not None else "",
        "age": _age(case.summary.text),
        "injury-date": _day(case.particulars.date_of_injury),
        "ur-date": _day(case.particulars.ur_decision_date),
        "decision": (about.decision or "") if about is not None else "",
    }


def _primary(case: Case, number: int) -> str:
    """The request of the item that another one follows."""
    return case.items[number - 1].request if 1 <= number <= len(case.items) else ""


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""


def _age(summary: str) -> str:
    """The age that the summary gives, if it gives only one."""
    named = {each.years for each in ages(summary)}
    return f"{named.pop():g}" if len(named) == 1 else ""
