"""The names of the months, as texts write them."""

from collections.abc import Iterable

MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
"""The months in lower case."""
_ABBREVIATED = 3
MONTHS = tuple(name[:_ABBREVIATED] for name in MONTH_NAMES)
"""The letters by which each month begins."""
FULL_MONTH = f"(?:{'|'.join(MONTH_NAMES)})"
"""A pattern for a month that is written out."""


def _short_or_full(names: Iterable[str]) -> str:
    """A pattern for months that are written out or abbreviated."""
    forms = (
        f"{name[:_ABBREVIATED]}(?:{name[_ABBREVIATED:]})?" if name[_ABBREVIATED:] else name
        for name in names
    )
    return f"(?:{'|'.join(forms)})".replace("ep(?:", "ep(?:t|")


MONTH = _short_or_full(MONTH_NAMES)
"""A pattern for a month in lower case, written out or abbreviated."""
CAPITALIZED_MONTH = _short_or_full(map(str.capitalize, MONTH_NAMES))
"""The same with a capital, which tells the month from the word in "may" and "march"."""


def month_number(name: str) -> int:
    """The number, 1 to 12, of a month by its name or abbreviation."""
    return MONTHS.index(name[:_ABBREVIATED].lower()) + 1
