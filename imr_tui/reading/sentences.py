"""Splits text into sentences with their offsets."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.lazy_pattern import LazyPattern

CACHE_SIZE = 64
"""Cache size for results per text; enough for a case with many items."""
SENTENCE_CACHE_SIZE = 4096
"""Cache size for results per sentence; enough that an edit of a long text recomputes one."""
REACH = 240
"""Maximum distance in characters that counts as near."""

_END = LazyPattern(
    r"(?<![.!?])[.!?]+[\"'\u201d\u2019)\]]*(?= [\"'\u201c\u2018(\[]*[A-Z0-9#]|\s*$)"
    r"|(?<=[a-z0-9)])[.!?](?=[A-Z][a-z])|\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)]) )"
)
_ABBREVIATION = LazyPattern(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Drs|vs|No|Nos|pg|pgs|pp|p|e\.g|i\.e|etc|approx|St|Ch|Sec|ed|Inc|Ltd"
    r"|Jr|Sr"
    r"|[Ff]igs?|cf|al|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|U\.S|C\.C\.R|M\.D|D\.O|D\.C"
    r"|Ph\.D)|\b[A-Z]|(?:^|\n)\s*\d{1,2})$"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence in a text."""

    text: str
    """The words, with the final punctuation."""
    start: int
    """Offset of the first character."""

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the start and end."""
        return self.start, self.start + len(self.text)


@lru_cache(maxsize=CACHE_SIZE)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split `text` into sentences.

    The dot of an abbreviation does not end a sentence. A sentence may end without a space after it.
    """
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text, max(0, end.start() - 8), end.start()):
            continue
        start = _append(found, text, start, end.end())
    _append(found, text, start, len(text))
    return tuple(found)


def _append(found: list[Sentence], text: str, start: int, end: int) -> int:
    body = text[start:end]
    if stripped := body.strip():
        found.append(Sentence(stripped, start + len(body) - len(body.lstrip())))
    return end


def near(text: str, at: int) -> str:
    """The part of the sentence around offset `at`, up to `REACH` characters on either side."""
    start, end = sentence_at(text, at).span
    return text[max(start, at - REACH) : min(end, at + REACH)]


def sentence_at(text: str, at: int) -> Sentence:
    """The sentence that contains offset `at`, or the last one before it."""
    found = sentences(text)
    index = bisect_right(found, at, key=lambda sentence: sentence.start)
    return found[max(index - 1, 0)] if found else Sentence(text, 0)
