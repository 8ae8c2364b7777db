"""Sentences, with where they stand in their text."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.lazy_pattern import Wording

KEPT = 64
"""Texts whose readings are remembered: those of a case with many items."""
KEPT_SENTENCES = 4096
"""Sentences whose readings are: those of the longest texts, of which an edit changes one."""
REACH = 240
"""Characters on either side that count as near."""

_END = Wording(
    r"(?<![.!?])[.!?]+[\"'\u201d\u2019)\]]*(?= [\"'\u201c\u2018(\[]*[A-Z0-9#]|\s*$)"
    r"|(?<=[a-z0-9)])[.!?](?=[A-Z][a-z])|\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)]) )"
)
_ABBREVIATED = Wording(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Drs|vs|No|Nos|pg|pgs|pp|p|e\.g|i\.e|etc|approx|St|Ch|Sec|ed|Inc|Ltd"
    r"|Jr|Sr"
    r"|[Ff]igs?|cf|al|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|U\.S|C\.C\.R|M\.D|D\.O|D\.C"
    r"|Ph\.D)|\b[A-Z]|(?:^|\n)\s*\d{1,2})$"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands in a text."""

    text: str
    """Its words, with the mark that ends it."""
    start: int
    """The offset of its first character."""

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.start + len(self.text)


@lru_cache(maxsize=KEPT)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`; an abbreviation's dot ends none, a missing space after one does not
    join two.
    """
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATED.search(text, max(0, end.start() - 8), end.start()):
            continue
        start = _add(found, text, start, end.end())
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Sentence], text: str, start: int, end: int) -> int:
    body = text[start:end]
    if stripped := body.strip():
        found.append(Sentence(stripped, start + len(body) - len(body.lstrip())))
    return end


def near(text: str, at: int) -> str:
    """The words of its sentence around the character at `at`, up to `REACH` on either side."""
    start, end = around(text, at).span
    return text[max(start, at - REACH) : min(end, at + REACH)]


def around(text: str, at: int) -> Sentence:
    """The sentence that holds the character at `at`, or the last one before it."""
    found = sentences(text)
    index = bisect_right(found, at, key=lambda sentence: sentence.start)
    return found[max(index - 1, 0)] if found else Sentence(text, 0)
