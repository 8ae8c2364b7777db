"""Patterns that are compiled when they are first looked for: to import them costs nothing."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Wording:
    """A pattern over a text, in which a space is any white space; the methods are those of `re`."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        """What it was made of, to build others from."""
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern.replace(" ", r"\s+"), self._flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place that fits."""
        return self._compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Whether the text goes on with it at `start`."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Whether it is all of the text."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that fits."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """The words of every place that fits, for a pattern without groups."""
        return self._compiled.findall(text)

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with other words in every place that fits."""
        return self._compiled.sub(words, text)

    def split(self, text: str, most: int = 0) -> list[str]:
        """What stands between the places that fit, for the first `most` of them; 0 is all."""
        return [part or "" for part in self._compiled.split(text, most)]
