"""Finds words that two texts share, as when a reason was pasted under another item."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.reading.treatments.criteria import is_guideline
from imr_tui.reading.treatments.services import service

_WORD = re.compile(r"[\w'-]+")
RUN = 6
"""Words in a row that two texts must share; shorter runs are common phrases."""


class Run(NamedTuple):
    """A run of words that another text also has: offsets in either text."""

    span: tuple[int, int]
    other: tuple[int, int]


@lru_cache(maxsize=CACHE_SIZE)
def _words(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_WORD.finditer(lowered(text)))


@lru_cache(maxsize=CACHE_SIZE)
def _places(text: str) -> dict[tuple[str, ...], int]:
    """The number of the first word of each run of `RUN` words."""
    words = [match[0] for match in _words(text)]
    runs = (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return {run: at for at, run in reversed(list(enumerate(runs)))}


@lru_cache(maxsize=CACHE_SIZE)
def shared(text: str, other: str) -> tuple[Run, ...]:
    """The longest runs of at least `RUN` words that both texts have, by their order in `text`."""
    words, others, places = _words(text), _words(other), _places(other)
    if _places(text).keys().isdisjoint(places):
        return ()
    found = list[Run]()
    at = 0
    while at + RUN <= len(words):
        start = places.get(tuple(match[0] for match in words[at : at + RUN]))
        if start is None:
            at += 1
            continue
        size = RUN
        while (
            at + size < len(words)
            and start + size < len(others)
            and words[at + size][0] == others[start + size][0]
        ):
            size += 1
        last, other_last = words[at + size - 1], others[start + size - 1]
        span = (words[at].start(), last.end())
        found.append(Run(span, (others[start].start(), other_last.end())))
        at += size
    return tuple(found)


_NOT_A_REASON = LazyPattern(
    r"\bnecess(?:ary|ity)\b|\b(?:mtus|odg|acoem|guidelines?) (?:\w+ )?(?:do|does|is|are)\b"
    r"|\b(?:documentation|documented|record(?:s|ed)?|submitted|rationale|utilization review"
    r"|request(?:s|ed)?|treatments? (?:to date |have |has )|medications?|the above|due to)\b"
)

_WORDS = 3
"""Significant words of a reason."""
_GUIDELINE_WORDS = 9
"""Words of a shared reason that names a guideline, more than any phrase that introduces one."""
_OVERHANG = 24
"""Characters by which shared words may run into the next sentence, which then begins alike."""


def _reason(text: str, run: Run) -> Run | None:
    """Shared words that give a reason; None for conclusions, stock phrases and history.

    Words that go on through the next sentence repeat a whole history, which concerns both items.
    """
    start, end = run.span
    sentence = sentence_at(text, start)
    over = max(0, end - sentence.span[1])
    words = lowered(text[start : end - over])
    if over > _OVERHANG or words.count(" ") + 1 < RUN or len(service(words).words) < _WORDS:
        return None
    is_stock = is_guideline(words) and words.count(" ") < _GUIDELINE_WORDS
    if is_stock or _NOT_A_REASON.search(lowered(sentence.text)):
        return None
    return Run((start, end - over), (run.other[0], run.other[1] - over))


@lru_cache(maxsize=CACHE_SIZE)
def shared_reasons(text: str, other: str) -> tuple[Run, ...]:
    """The words of `text` that give a reason and that `other` has as well, in order."""
    reasons = (_reason(text, run) for run in shared(text, other))
    return tuple(reason for reason in reasons if reason is not None)
