"""Texts made plainer with every character in its place, so that offsets hold."""

import unicodedata
from functools import lru_cache

from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.sentences import KEPT


@lru_cache(maxsize=KEPT)
def lowered(text: str) -> str:
    """`text` in lower case, character for character; patterns over it need no flag, and are "
    "fast."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=KEPT)
def unaccented(text: str) -> str:
    """`text` with straight apostrophes and without accents, character for character."""
    return text if text.isascii() else "".join(map(_unaccented, text))


def _unaccented(char: str) -> str:
    if char in "\u2018\u2019\u02bc":
        return "'"
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if all(map(unicodedata.combining, parts[1:])) else char


# A mark behind a digit is one of inches.
_QUOTED = Wording(r"(?<!\w)[\"\u201c][^\"\u201d]{1,600}[\"\u201d]")


def blanked(pattern: Wording, text: str) -> str:
    """`text` with blanks in the place of every word that fits."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def unquoted(text: str) -> str:
    """`text` with blanks in the place of what is quoted."""
    return blanked(_QUOTED, text)
