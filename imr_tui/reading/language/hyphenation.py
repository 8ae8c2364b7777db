"""Divides English words with the patterns of pyphen, by the algorithm of Liang (1983)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_DIGIT = re.compile(r"\d")
_LONGEST = 28
"""Letters of the longest pattern."""


def divisions(word: str) -> list[int]:
    """The offsets at which a word in lower case may be divided."""
    patterns = _patterns()
    marked = f".{word}."
    values = [0] * (len(marked) + 1)
    for start in range(len(marked)):
        for end in range(start + 1, min(start + _LONGEST, len(marked)) + 1):
            if pattern := patterns.get(marked[start:end]):
                for offset, value in _values(pattern):
                    values[start + offset] = max(value, values[start + offset])
    return [at - 1 for at in range(2, len(marked) - 1) if values[at] % 2]


@cache
def _patterns() -> dict[str, str]:
    """Each pattern of American English by its letters: "hen5at" by "henat".

    Pyphen itself parses all 11,000 patterns when it loads; a text needs a few hundred of them.
    """
    package = find_spec("pyphen")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pyphen")
    data = Path(package.origin).with_name("dictionaries").joinpath("hyph_en_US.dic").read_bytes()
    letters = data.translate(None, b"0123456789")
    return dict(zip(letters.decode().split("\n"), data.decode().split("\n"), strict=True))


@lru_cache(maxsize=4096)
def _values(pattern: str) -> tuple[tuple[int, int], ...]:
    """The digits of a pattern, each with the number of letters before it."""
    digits = enumerate(_DIGIT.finditer(pattern))
    return tuple((match.start() - before, int(match[0])) for before, match in digits)
