"""Finds values that rose or fell: a score, a limit, a tolerance, or the use of a drug."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.definite import is_general, unquoted
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.language.sentences import sentence_at, sentences


@dataclass(frozen=True)
class Trend:
    """A value that changed in one direction."""

    subject: str
    """What changed: "lifting limit", "score", or the generic name of a drug."""
    rises: bool
    """Whether it rose."""
    span: tuple[int, int]
    """Offsets of the subject and the change."""


_SUBJECT = (
    r"(?P<subject>(?:lifting|weight|walking|sitting|standing|driving) (?:limits?|tolerance)"
    r"|(?:beck|phq-?9|gad-?7|pcl-?5|bdi|bai|oswestry|dash|womac|epworth|hamilton|bpi|fabq)\b"
    r"(?: [\w-]+){0,3}?(?: scores?)?)"
)
_UP = r"(?:risen|rose|increased|raised|gone up|went up|climbed|rising|higher)"
_DOWN = (
    r"(?:fallen|fell|dropped|decreased|declined|reduced|lowered|gone down|went down|falling"
    r"|lower)"
)
_CHANGED = LazyPattern(
    rf"\b{_SUBJECT} (?:(?:has|have|had|was|were|is|are|been|also|then|now) ){{0,3}}"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b"
)
_USE = LazyPattern(
    r"\b(?:(?P<up>more|increased)|(?P<down>less|fewer|reduced|decreased))"
    r"(?: (?:use|tablets?|intake|doses?))?(?: of)? \Z"
)
_USE_AFTER = LazyPattern(
    r"(?: use| intake)? (?:(?:has|have|was|were|is) )?(?:been )?"
    r"(?:(?P<up>rose|risen|increased)|(?P<down>fell|fallen|dropped|decreased|been reduced"
    r"|was reduced))\b"
)
_OF_USE = LazyPattern(r"\b(?:use|intake|doses?) of \Z")
_BEFORE = 30
"""Characters before a drug that may say whether more or less of it is used."""


@lru_cache(maxsize=CACHE_SIZE)
def trends(text: str) -> tuple[Trend, ...]:
    """The changes of values that `text` states; guidelines and conditions are left out."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[Trend]:
    low = unquoted(text)
    general = {each.start for each in sentences(text) if is_general(low, *each.span)}

    for match in _CHANGED.finditer(low):
        if sentence_at(text, match.start()).start not in general:
            subject = " ".join(match["subject"].split()).removesuffix("s")
            name = subject if "limit" in subject or "tolerance" in subject else subject.split()[0]
            yield Trend(name, match["up"] is not None, match.span())
    for drug in drugs(text):
        start, end = drug.span
        first = max(0, start - _BEFORE)
        used = _USE.search(low, first, start)
        if used is None and _OF_USE.search(low, first, start):
            used = _USE_AFTER.match(low, end)
        if used is not None and sentence_at(text, start).start not in general:
            span = min(start, used.start()), max(end, used.end())
            yield Trend(drug.drug.generic, used["up"] is not None, span)
