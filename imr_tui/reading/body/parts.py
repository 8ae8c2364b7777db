"""Finds parts of a region that exclude each other: fingers, toes, compartments, bones."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, lowered
from imr_tui.reading.language.tables import table


class Part(NamedTuple):
    """A mention of a part."""

    group: str
    """Parts of one group exclude each other: "finger"."""
    name: str
    """The part: "ring finger"."""
    span: tuple[int, int]
    """Offsets of the words."""


@cache
def _lexicon() -> Lexicon:
    rows = table("body/regions")["part"]
    return Lexicon(
        {"name": f"{row['group']}|{name}", "words": words}
        for row in rows
        for name, words in row["words"].items()
    )


@lru_cache(maxsize=CACHE_SIZE)
def parts(text: str) -> tuple[Part, ...]:
    """The parts that `text` names, in order."""
    return tuple(_find(lowered(text)))


def _find(low: str) -> Iterator[Part]:
    for key, match in _lexicon().find(low):
        group, _, name = key.partition("|")
        yield Part(group, name, match.span())
