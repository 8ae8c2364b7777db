"""Regular expressions that are compiled on first use, so that importing them is cheap."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class LazyPattern:
    """A regular expression in which a space matches any white space; has the methods of `re`."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        """The source, for use in other patterns."""
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern.replace(" ", r"\s+"), self._flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match."""
        return self._compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at `start`, if any."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, if any."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """The texts of all matches, for a pattern without groups."""
        return self._compiled.findall(text)

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace every match."""
        return self._compiled.sub(words, text)

    def split(self, text: str, most: int = 0) -> list[str]:
        """Split at the first `most` matches, or at all of them if `most` is 0."""
        return [part or "" for part in self._compiled.split(text, most)]
