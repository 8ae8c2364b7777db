"""Patterns that are compiled on first use, and the forms of a text that they search."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

CACHE_SIZE = 64
"""Cache size for results per text; enough for a case with many items."""


class LazyPattern:
    """A regular expression in which a space matches any white space; has the methods of `re`.

    An optional space, ` ?`, matches none or more.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        """The source, for use in other patterns."""
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        spaced = self.pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
        return re.compile(spaced, self._flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match."""
        return self._compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at `start`, if any."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, if any."""
        return self._compiled.fullmatch(text)

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """All matches."""
        return self._compiled.finditer(text, start, len(text) if end is None else end)

    def findall(self, text: str) -> list[str]:
        """The texts of all matches, for a pattern without groups."""
        return self._compiled.findall(text)

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace every match."""
        return self._compiled.sub(words, text)

    def split(self, text: str, most: int = 0) -> list[str]:
        """Split at the first `most` matches, or at all of them if `most` is 0."""
        return [part or "" for part in self._compiled.split(text, most)]


@lru_cache(maxsize=4 * CACHE_SIZE)
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
_QUOTED = LazyPattern(r"[\"\u201c](?<!\w.)[^\"\u201d]{1,600}[\"\u201d]")


def blank_out(
    pattern: LazyPattern, text: str, searched: str | None = None, *, mark: str = " "
) -> str:
    """Replace every match by blanks, or by another mark, keeping offsets.

    `searched` is the form of `text` that is searched, such as the lower-case one.
    """
    parts, end = list[str](), 0
    for match in pattern.finditer(text if searched is None else searched):
        parts += text[end : match.start()], mark * len(match[0])
        end = match.end()
    return "".join((*parts, text[end:]))


@lru_cache(maxsize=CACHE_SIZE)
def blank_quotations(text: str) -> str:
    """Replace quotations by blanks, keeping offsets."""
    return blank_out(_QUOTED, text)


def mask_quotations(text: str) -> str:
    """Replace quotations by tildes, keeping offsets, so that words are still there."""
    return _QUOTED.sub(lambda match: "~" * len(match[0]), text)
