"""Texts made plainer with every character in its place, so that offsets hold."""

from functools import lru_cache

from imr_tui.reading.sentences import KEPT
from imr_tui.reading.wording import Wording


@lru_cache(maxsize=KEPT)
def lowered(text: str) -> str:
    """`text` in lower case, character for character; patterns over it need no flag, and are "
    "fast."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


# A mark behind a digit is one of inches.
_QUOTED = Wording(r"(?<!\w)[\"\u201c][^\"\u201d]{1,600}[\"\u201d]")


def blanked(pattern: Wording, text: str) -> str:
    """`text` with blanks in the place of every word that fits."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def unquoted(text: str) -> str:
    """`text` with blanks in the place of what is quoted."""
    return blanked(_QUOTED, text)
