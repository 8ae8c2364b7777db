"""Text as it is entered into a case: cleaned, and within the limits of a case file."""

from collections.abc import Sequence

from imr_tui.model.limits import MAX_PROSE
from imr_tui.model.size import require_length, require_rows
from imr_tui.text.sanitize import clean, clean_line


def line(text: str) -> str:
    """A text of one line; raises LimitReached."""
    cleaned = clean_line(text)
    require_length(cleaned)
    return cleaned


def lines(texts: Sequence[str]) -> tuple[str, ...]:
    """A list of such texts; raises LimitReached."""
    cleaned = tuple(line(text) for text in texts)
    require_rows(cleaned)
    return cleaned


def prose(text: str) -> str:
    """A text of several lines; raises LimitReached."""
    cleaned = clean(text)
    require_length(cleaned, MAX_PROSE)
    return cleaned
