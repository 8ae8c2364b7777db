"""Finds the drug or class of drugs that a sentence about a guideline discusses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.drugs.drug_routes import FORMS, ROUTES, alternatives
from imr_tui.reading.drugs.drugs import class_mentions, drugs
from imr_tui.reading.language.attribution import without_reported
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_GUIDELINE = (
    r"(?:mtus|acoem|odg|official disability guidelines?|guidelines?|formulary|fda|chapter"
    r"|prescribing information)"
)
_TOPIC = LazyPattern(rf"\b{_GUIDELINE}\b|\brecommend(?:s|ed)?\b|\bnot (?:supported|indicated)\b")
# A drug after these words is compared with the disputed one, tried before it or taken beside it.
_BESIDE = LazyPattern(
    r"\b(?:after|before|prior|previous\w*|trials?|tried|fail\w*|first[- ]line|than|beyond|instead"
    r"|unlike|alternatives?|either|with|without|while|taking|takes|took|used?|risks?|events?"
    r"|concurrent\w*|other|another|in place of|against|versus|compared|when|if|where|such as"
    r"|combin\w+|adjunct\w*|added|reduc\w+|wean\w*|due to|because|caus\w+|for patients"
    r"|patients on|remain\w* on)\b",
)
_PREFERRED = LazyPattern(
    r"\b(?:more appropriate|better|instead|preferr?ed|alternatives?|first(?!-| line)|be tried"
    r"|be considered|over(?! \d)|rather than|(?:does|do) not apply)\b",
)
_STARTED = LazyPattern(
    r"(?: therapy| treatment)? (?:is|are) (?:added|started|begun|given|continued|prescribed)\b"
)
_REACH = 80
_SILENT = LazyPattern(r"\bsilent\b|\b(?:does|do|is|are) not (?:address|discuss|mention|cover)")
_ON_CHAPTER = LazyPattern(rf"\b{_GUIDELINE} (?:on|for|regarding|about|chapter on)\b")
# Morphine is the measure of all opioid doses.
_EQUIVALENT = LazyPattern(r"[ -](?:milligram )?equivalen|[ -]dose equivalen", re.IGNORECASE)
_FORM_AFTER = LazyPattern(rf"(?: \d+%)? (?:{alternatives(FORMS)})\b")
_ROUTE_BEFORE = LazyPattern(rf"\b(?:{alternatives(ROUTES)}) (?:\w+ )?\Z")


class Topic(NamedTuple):
    """What a sentence about a guideline discusses: a drug, or a class of drugs."""

    words: str
    """Its words, with a route before them: "oral opioids"."""
    drug: Drug | None
    """The drug; None for a class."""
    classes: frozenset[str]
    """The classes of the drug, or the classes that the words name."""
    routes: frozenset[str]
    """The routes that are stated; empty if none is."""
    span: tuple[int, int]
    """Offsets of the words."""
    is_main: bool
    """Whether the first sentence about a guideline is about it, not as a better alternative."""
    is_governed: bool
    """Whether it follows the guideline or its verb, or is the subject of the sentence."""


@lru_cache(maxsize=CACHE_SIZE)
def topics(text: str) -> tuple[Topic, ...]:
    """The drugs and classes of drugs in sentences of `text` about a guideline, in order."""
    return tuple(_find_topics(text))


def _find_topics(text: str) -> Iterator[Topic]:
    named = sorted(_named(text), key=lambda topic: topic.span)
    is_first = True
    for sentence in sentences(text) if named else ():
        low = lowered(without_reported(sentence.text))
        if _TOPIC.search(low):
            start, end = sentence.span
            own = [topic for topic in named if start <= topic.span[0] < end]
            yield from _of_sentence(low, start, own, is_first)
            is_first = is_first and not own and _SILENT.search(low) is not None


def _named(text: str) -> Iterator[Topic]:
    low = lowered(text)
    taken: list[tuple[int, int]] = []
    for mention in drugs(text):
        taken.append(mention.span)
        if _EQUIVALENT.match(text, mention.span[1]):
            continue
        classes = frozenset(mention.drug.classes)
        yield _topic(low, mention.drug, classes, mention.span)
    for classes, span in class_mentions(text):
        if not any(start < span[1] and span[0] < end for start, end in taken):
            yield _topic(low, None, classes, span)


def _topic(low: str, drug: Drug | None, classes: frozenset[str], span: tuple[int, int]) -> Topic:
    before = _ROUTE_BEFORE.search(low, max(0, span[0] - 28), span[0])
    after = _FORM_AFTER.match(low, span[1])
    start = before.start() if before else span[0]
    end = after.end() if after else span[1]
    routes = frozenset(match.lastgroup or "" for match in (before, after) if match)
    if drug is None and "topical analgesic" in classes:
        routes |= {"topical"}
    return Topic(low[start:end], drug, classes, routes, (start, end), False, False)


def _of_sentence(low: str, start: int, named: list[Topic], is_first: bool) -> Iterator[Topic]:
    for at, topic in enumerate(named):
        first, last = topic.span[0] - start, topic.span[1] - start
        before = low[:first]
        is_subject = at == 0 and (
            _STARTED.match(low, last) is not None
            or not _BESIDE.search(_ON_CHAPTER.sub(" ", before))
        )
        is_preferred = _PREFERRED.search(low, max(0, first - _REACH), min(len(low), last + _REACH))
        yield topic._replace(
            is_main=is_first and is_subject and not is_preferred,
            is_governed=is_subject or _TOPIC.search(before) is not None,
        )
