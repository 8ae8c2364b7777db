"""The words that a reviewer keeps: the content of their file, and names that it must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imr_tui.spelling.words import LONGEST, SHORTEST

MAX_WORDS = 10_000
"""Words in the file."""
MAX_BYTES = 500_000
"""A larger file is not read."""
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_LETTERS = re.compile(rf"[a-z]{{{SHORTEST},}}")


def parse(data: bytes) -> frozenset[str]:
    """The words in the content of a file, in small letters.

    Raises ValueError, with the line, for anything that is no word.
    """
    lines = data.split(b"\n")
    if len(data) > MAX_BYTES or len(lines) > MAX_WORDS + 1:
        raise ValueError(f"line {min(len(lines), MAX_WORDS + 1):,}: the file is too long")
    found = (_word(line, number) for number, line in enumerate(lines, 1))
    return frozenset(filter(None, found))


def _word(line: bytes, number: int) -> str:
    try:
        word = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ValueError(f"line {number:,}: this is not UTF-8 text") from None
    if len(word) > LONGEST:
        raise ValueError(f"line {number:,}: a word has at most {LONGEST} letters")
    if word and not _WORD.fullmatch(word):
        raise ValueError(f"line {number:,}: this is not a single word")
    return word.lower()


def encode(words: Iterable[str]) -> bytes:
    """Words as the content of the file, in alphabetical order."""
    return "".join(f"{word}\n" for word in sorted(words)).encode()


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names, in small letters, that are long enough to be checked."""
    return frozenset(word for name in names for word in _LETTERS.findall(name.lower()))
