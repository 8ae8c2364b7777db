"""Finds literal words in a text, ignoring case and accents."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
"""Offsets of the first character and of the one behind the last."""

_ASCII_RUN = re.compile(r"[\x00-\x7f]+(?=[\x00-\x7f]|\Z)")
"""ASCII without its last character, to which a combining mark may belong."""
_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" ")
"""Quotation marks and the space of word processors, as a keyboard types them."""
_INSIDE = -1
"""In `starts`: an offset inside the folded form of one character, such as `ss` for `ß`."""


@dataclass(frozen=True)
class FoldedText:
    """A text in lower case and without accents, with the way back to its own offsets."""

    folded: str
    """The folded text."""
    starts: array[int] | None
    """The offset in the text for each offset in `folded`; None if they are the same."""
    ends: array[int] | None
    """The same for the end of a match."""

    def find(self, words: str) -> tuple[Span, ...]:
        """The places of `words`, from the start, without overlaps.

        A match never divides a character, nor a letter from its combining marks.
        """
        return tuple(self._find(fold(words).folded))

    def _find(self, sought: str) -> Iterator[Span]:
        at = self.folded.find(sought) if sought else -1
        while at >= 0:
            behind = at + len(sought)
            span = (self._start(at), self._end(behind))
            is_whole = _INSIDE not in span
            if is_whole:
                yield span
            at = self.folded.find(sought, behind if is_whole else at + 1)

    def _start(self, at: int) -> int:
        return at if self.starts is None else self.starts[at]

    def _end(self, at: int) -> int:
        return at if self.ends is None else self.ends[at]


def fold(text: str) -> FoldedText:
    """Fold a text: `Naïve` and `naive` become equal, `ß` and `ss` too."""
    if text.isascii():
        return FoldedText(text.lower(), None, None)
    parts: list[str] = []
    starts, ends = array("q"), array("q", (0,))
    for first, behind in _characters(text):
        part = _folded(text[first:behind])
        parts.append(part)
        if text[first:behind].isascii():
            starts.extend(range(first, behind))
            ends.extend(range(first + 1, behind + 1))
        elif part:
            starts.extend((first, *[_INSIDE] * (len(part) - 1)))
            ends.extend((*[_INSIDE] * (len(part) - 1), behind))
    starts.append(len(text))
    return FoldedText("".join(parts), starts, ends)


def find(text: str, words: str) -> tuple[Span, ...]:
    """The places of `words` in `text`; see `FoldedText.find`."""
    return fold(text).find(words)


def _characters(text: str) -> Iterator[Span]:
    """Each character with its combining marks; many ASCII characters at once."""
    at = 0
    while at < len(text):
        run = _ASCII_RUN.match(text, at)
        behind = run.end() if run else at + 1
        while run is None and behind < len(text) and _is_mark(text[behind]):
            behind += 1
        yield at, behind
        at = behind


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _folded(character: str) -> str:
    """A character in lower case and without accents; several ASCII characters also at once."""
    if character.isascii():
        return character.lower()
    return _without_accents(_without_accents(character.translate(_TYPED)).casefold())


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")
