"""Finds what a conclusion on medical necessity is about, and sentences that speak in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.conclusions.necessity import Conclusion, conclusions
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE

if TYPE_CHECKING:
    from imr_tui.reading.language.sentences import Sentence

# A clause before the main one: "As the surgery is not necessary, the brace is not either."
_LEADING = LazyPattern(
    r"(?:(?P<subordinate>as|since|because|although|though|even though|while|given|if|when|where"
    r"|unless|until|unlike)|after|due to|without|based on|with|for|in|on|at|considering|therefore"
    r"|thus|hence|consequently|accordingly|however|moreover|furthermore|finally|additionally|and"
    r"|but)\b[^,;]{0,300}[,;] "
)
_PARTS = LazyPattern(
    r"; |, (?:(?:but|however|yet|whereas|while|although|though) (?!not )|(?:so|and) (?=the |an? ))"
)
_TRAILING = LazyPattern(r",? (?:as|because|since|given(?: that)?|inasmuch as) ")
_NECESSARY = LazyPattern(r"\b(?:un)?necess(?:ary|ity)\b|\bmedically \w+")
_DECIDED = LazyPattern(
    r"\b(?:is|are|was|were|be|remains?)\b(?: \w+){0,6}? (?:medically )?(?:necessary|unnecessary"
    r"|appropriate|warranted|supported|indicated|justified|certified|approved|authorized)\b"
)
_VERB = (
    r"(?:is|are|was|were|has|have|had|does|do|did|cannot|can|could|should|would|will|be|remains?"
    r"|appears?|seems?|meets?|fails?|exceeds?|at this time|as (?:stated|written|requested))"
)
# The subject of a conclusion: "the request for X is", "the medical necessity of X has".
_ASKED = LazyPattern(
    r"\b(?:(?:requests?|need|medical necessity|necessity|decision) (?:for|of)|requested"
    r"|proposed|remaining) (?!this\b|it\b|the (?:request|item)\b)"
    rf"(?P<subject>.{{3,300}}?)(?:,? (?P<verb>{_VERB})\b|[.;]|$)"
)
# Without the word request: "an MRI of the knee is".
_BARE = LazyPattern(
    r"(?:(?:therefore|thus|as such|hence|consequently|accordingly|this|these),? )?(?:the |an? )?"
    r"(?P<subject>(?!(?:requests?|it|they|there|criteria|guidelines?|mtus|odg|acoem|medical"
    rf" necessity|medical treatment)\b)[^;]{{3,200}}?) (?P<verb>{_VERB})\b"
)
_UNLIKE = LazyPattern(r"\b(?:unlike|in contrast to|as opposed to|other than) (?:the )?$")
# What follows is a reason, or something else that the subject is compared with.
_ASIDE = LazyPattern(
    r"\b(?:since|because|given|as the|in light|based on|without(?! (?:and|contrast|dye|gadolinium"
    r"|sedation|with)\b)|prior to|before|after|instead of|rather than|versus|compared|in addition"
    r" to|along with|such as|other than|while|although|whereas|unlike|for which|that|which|who"
    r"|and so)\b"
)
# Sentences about guidelines or patients in general, not about this worker.
_GENERAL = LazyPattern(
    r"\b(?:mtus|odg|acoem|guidelines?|guidance|recommend\w*|criteria|chapters?|literature|studies"
    r"|trials|evidence|patients|individuals|advis\w+|allows?|accepts?|reserves?|indications?"
    r"|(?:may|should|might) (?:be|not|include|help)|treatise|schedule|label)\b",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """The words for what a conclusion is about."""

    text: str
    """The words, as written; blank where it is unclear, and in "It is not necessary"."""
    start: int
    """Offset of the first word."""
    sentence: Sentence
    """The sentence that concludes."""
    is_reason: bool = False
    """Whether another item is concluded on, as a reason: "As the surgery is not necessary,"."""
    is_asked: bool = False
    """Whether the sentence calls it requested, so that it must be the disputed treatment."""
    is_decided: bool = False
    """Whether the sentence calls it necessary or not, not only supported or unsupported."""


class _Words(NamedTuple):
    """A subject by its offsets in the sentence."""

    start: int
    end: int
    is_reason: bool = False
    is_asked: bool = False


@lru_cache(maxsize=CACHE_SIZE)
def subjects(text: str) -> tuple[Subject, ...]:
    """The subjects of all sentences of `text` that conclude on necessity or support, in order."""
    return tuple(
        _subject(words, conclusion)
        for conclusion in conclusions(text)
        if conclusion.is_final or conclusion.denies or conclusion.affirms
        for words in _of_sentence(conclusion.sentence.text)
    )


def _subject(words: _Words, conclusion: Conclusion) -> Subject:
    sentence = conclusion.sentence
    is_decided = conclusion.is_final and (conclusion.denies or conclusion.affirms)
    return Subject(
        sentence.text[words.start : words.end],
        sentence.start + words.start,
        sentence,
        words.is_reason,
        words.is_asked,
        is_decided and not words.is_reason,
    )


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _of_sentence(sentence: str) -> tuple[_Words, ...]:
    return tuple(_find(lowered(sentence)))


def _find(low: str) -> Iterator[_Words]:
    # Support decides only where the sentence does not speak of necessity.
    verdict = _NECESSARY if _NECESSARY.search(low) else _DECIDED
    begin = 0
    while leading := _LEADING.match(low, begin):
        if concluded := _DECIDED.search(low, begin, leading.end()):
            yield _until_aside(low, begin, concluded.start())._replace(is_reason=True)
        if not verdict.search(low, leading.end()):
            if leading["subordinate"]:
                yield _Words(leading.end(), leading.end())
                return
            break
        begin = leading.end()
    yield _main(low, *_main_clause(low, begin, verdict))


def _main_clause(low: str, begin: int, verdict: LazyPattern) -> tuple[int, int]:
    """The last clause that states the conclusion; empty if none does."""
    breaks = [match.span() for match in _PARTS.finditer(low, begin)]
    starts = (begin, *(end for _, end in breaks))
    ends = (*(start for start, _ in breaks), len(low))
    spoken = [part for part in zip(starts, ends, strict=True) if verdict.search(low, *part)]
    if not spoken:
        return begin, begin
    start, end = spoken[-1]
    trailing = _TRAILING.search(low, start, end)
    if trailing and verdict.search(low, start, trailing.start()):
        return start, trailing.start()
    return start, end


def _main(low: str, start: int, end: int) -> _Words:
    """The subject of a clause; empty if it is unclear."""
    asked = [
        match
        for match in _ASKED.finditer(low, start, end)
        if not _UNLIKE.search(low, max(start, match.start() - 24), match.start())
    ]
    if asked:
        return _until_aside(low, *asked[-1].span("subject"))._replace(is_asked=True)
    bare = _BARE.match(low[:end], start)
    return _until_aside(low, *bare.span("subject")) if bare else _Words(start, start)


def _until_aside(low: str, start: int, end: int) -> _Words:
    aside = _ASIDE.search(low, start, end)
    end = aside.start() if aside and aside.start() > start else end
    words = low[start:end]
    return _Words(start + len(words) - len(words.lstrip(" ,")), start + len(words.rstrip(" ,")))


def is_general(words: str) -> bool:
    """Whether a sentence is about guidelines or patients in general, not about this worker."""
    return _GENERAL.search(words) is not None
