"""Reads dates as other programs export them: ISO, US, timestamps, a spreadsheet's numbers."""

import re
from datetime import date, timedelta

from imr_tui.text.user_input import EXPECTED, read_date

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years that a date may have."""
_SERIALS = range(18_264, 73_416)
"""The numbers of the days from 1950 to 2100 in a spreadsheet."""
_DAY_ZERO = date(1899, 12, 30)
"""The day before a spreadsheet's day 1, moved by the leap day that it wrongly has in 1900."""
_SERIAL = re.compile(r"(\d{5})(?:\.\d{1,15})?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(?<=\d)(?:[Tt]|\s+|,\s*)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|z|UTC|GMT|P[SD]T|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_CENTURY = date(2099, 12, 31)
"""The day from which a year of two digits is taken to be one of this century."""
_NO_DATE = "is not a date such as 2014-11-05 or 11/5/2014"


def read_exported_date(value: object) -> date | None:
    """The date in a cell of a table or a value of JSON; None if it is blank.

    A timestamp stands for the date that is written in it. A number, or digits with or without a
    fraction, is a spreadsheet's number of a day between 1950 and 2100. A year of two digits is in
    this century.
    Raises ValueError; its text says what is wrong, for the user.
    """
    if isinstance(value, str):
        return _in_range(_written(value.strip()))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(_NO_DATE)
    return _of_serial(int(value))


def _written(text: str) -> date | None:
    if serial := _SERIAL.fullmatch(text):
        return _of_serial(int(serial[1]))
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    if text.startswith(("+", "-")) or text.casefold() in ("t", "today") or len(text) > 60:
        raise ValueError(_NO_DATE)
    day = text
    if time := _last_time(text):
        day = text[: time.start()]
    try:
        return read_date(day, _CENTURY)
    except ValueError as error:
        raise ValueError(
            _NO_DATE if str(error) == EXPECTED else f"is not a date: {error}"
        ) from error


def _last_time(text: str) -> re.Match[str] | None:
    """The time of day at the end of a timestamp."""
    found = _TIME.search(text)
    return found if found and found.end() == len(text) else None


def _of_serial(number: int) -> date:
    if number not in _SERIALS:
        raise ValueError("is not a spreadsheet's number of a day between 1950 and 2100")
    return _DAY_ZERO + timedelta(number)


def _in_range(day: date | None) -> date | None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            f"is a date in the year {day.year}, before {FIRST_YEAR} or after {LAST_YEAR}"
        )
    return day
