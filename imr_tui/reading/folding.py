"""Lower case that keeps every character in its place, so that offsets hold."""

from functools import lru_cache

from imr_tui.reading.sentences import KEPT


@lru_cache(maxsize=KEPT)
def lowered(text: str) -> str:
    """`text` in lower case, character for character; patterns over it need no flag, and are "
    "fast."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
