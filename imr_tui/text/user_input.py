"""Reads what users type into a field: dates and lists."""

import re
from datetime import date

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_date(typed: str) -> date | None:
    """Parse a date typed as 2014-11-05 or 11/5/2014; return None for a blank.

    Raises ValueError; its text names the expected formats, for display to the user.
    """
    text = typed.strip()
    try:
        if american := _AMERICAN.fullmatch(text):
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    if text:
        raise ValueError("a date such as 2014-11-05 or 11/5/2014")
    return None


def read_list(typed: str) -> tuple[str, ...]:
    """Split a list typed with semicolons; an entry may contain commas."""
    return tuple(part.strip() for part in typed.split(";") if part.strip())
