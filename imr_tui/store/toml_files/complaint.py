"""What is wrong with the values of a file, as one sentence: the line, the key, the nearest key."""

import difflib
from collections.abc import Iterable, Sequence

from imr_tui.store.toml_files.toml_scan import Location, lines_of, nearest_line
from imr_tui.text.sanitize import clean_line

SHOWN = 3
"""Faults that are told at once."""


def sentence(faults: Sequence[tuple[Location, str]], text: str, where: object) -> str:
    """The first of `faults`, each with its place in `where`, which holds `text`."""
    lines = lines_of(text)
    told = []
    for location, says in faults[:SHOWN]:
        line = nearest_line(lines, location)
        at = f"{where}, line {line}" if line else f"{where}"
        told.append(f"{at}: {spell(location)} {says}")
    more = len(faults) - len(told)
    rest = f" ({more} more)" if more > 0 else ""
    return clean_line(f"{'; '.join(told)}{rest}.")


def spell(location: Location) -> str:
    """A location for a reader, entries counted from 1: `items 2 rationale`."""
    parts = (str(part + 1) if isinstance(part, int) else part for part in location)
    return " ".join(parts) or "the file"


def unknown(key: object, known: Iterable[str]) -> str:
    """What is said of a key that is none of the `known` ones."""
    known = list(known)
    near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
    what = f", did you mean {near[0]!r}" if near else f" (known: {', '.join(known)})"
    return f"is not a known key{what}"
