"""The names of the months, as texts write them."""

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
_SHORT_OR_FULL = (
    f"{name[:_ABBREVIATED]}(?:{name[_ABBREVIATED:]})?" if name[_ABBREVIATED:] else name
    for name in MONTH_NAMES
)
MONTH = f"(?:{'|'.join(_SHORT_OR_FULL)})".replace("sep(?:", "sep(?:t|")
"""A pattern for a month, written out or abbreviated."""


def month_number(name: str) -> int:
    """The number, 1 to 12, of a month by its name or abbreviation."""
    return MONTHS.index(name[:_ABBREVIATED].lower()) + 1
