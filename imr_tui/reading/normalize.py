"""Simplifies text character for character, so that offsets stay valid."""

import unicodedata
from functools import lru_cache

from imr_tui.reading.lazy_pattern import LazyPattern
from imr_tui.reading.sentences import CACHE_SIZE


@lru_cache(maxsize=CACHE_SIZE)
def lowered(text: str) -> str:
    """Lower-case `text`, keeping offsets.

    Patterns over the result need no IGNORECASE, which makes them faster.
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=CACHE_SIZE)
def unaccented(text: str) -> str:
    """Replace curly apostrophes and remove accents, keeping offsets."""
    return text if text.isascii() else "".join(map(_unaccented, text))


def _unaccented(char: str) -> str:
    if char in "\u2018\u2019\u02bc":
        return "'"
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if all(map(unicodedata.combining, parts[1:])) else char


# A quotation mark after a digit means inches.
_QUOTED = LazyPattern(r"(?<!\w)[\"\u201c][^\"\u201d]{1,600}[\"\u201d]")


def blank_out(pattern: LazyPattern, text: str) -> str:
    """Replace every match by blanks, keeping offsets."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def blank_quotations(text: str) -> str:
    """Replace quotations by blanks, keeping offsets."""
    return blank_out(_QUOTED, text)
