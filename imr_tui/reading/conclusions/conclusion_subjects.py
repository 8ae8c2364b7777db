"""Finds what a sentence on medical necessity is about, and sentences that speak in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.conclusions.necessity import conclusions
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

if TYPE_CHECKING:
    from imr_tui.reading.language.sentences import Sentence

_CONCLUDED = LazyPattern(
    r"\b(?:is|are|was|were|be|remains?)\b(?: \w+){0,6}? (?:medically )?(?:necessary|unnecessary"
    r"|appropriate|warranted|supported|indicated|justified|certified|approved|authorized)\b",
    re.IGNORECASE,
)
_NECESSITY_OF = LazyPattern(
    r"\b(?:medical )?necessity (?:of|for) (?P<subject>[^.;]{3,200}?) (?:is|are|was|has|have"
    r"|cannot)\b",
    re.IGNORECASE,
)
_REASON = LazyPattern(
    r"^(?:as|since|because|given|while|although|without|with|in|if|when|for|after|until|unless"
    r"|based on|due to)\b(?! such\b)(?P<reason>[^,;]{0,300}), ",
    re.IGNORECASE,
)
_ASIDE = LazyPattern(
    r"\b(?:since|because|given|prior to|before|after|instead of|rather than|versus|compared|unlike"
    r"|in addition to|along with|such as|other than|for which|which|who|that|and so|so that)\b",
    re.IGNORECASE,
)
# Sentences about guidelines or patients in general, not about this worker.
_GENERAL = LazyPattern(
    r"\b(?:mtus|odg|acoem|guidelines?|guidance|recommend\w*|criteria|chapters?|literature|studies"
    r"|trials|evidence|patients|individuals|advis\w+|allows?|accepts?|reserves?|indications?"
    r"|(?:may|should|might) (?:be|not|include|help)|treatise|schedule|label)\b",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """The words that a conclusion on medical necessity is about."""

    text: str
    """The words."""
    start: int
    """Offset of the first one."""
    sentence: Sentence
    """The sentence that concludes."""
    is_reason: bool
    """Whether another item is concluded on, as a reason: "As the surgery is not necessary,"."""


@lru_cache(maxsize=CACHE_SIZE)
def subjects(text: str) -> tuple[Subject, ...]:
    """The subjects of all sentences of `text` that conclude on necessity itself, in order."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[Subject]:
    for conclusion in conclusions(text):
        if conclusion.is_final or conclusion.denies or conclusion.affirms:
            yield from _in_sentence(conclusion.sentence)


def _in_sentence(sentence: Sentence) -> Iterator[Subject]:
    words, begin = sentence.text, 0
    if given := _REASON.match(words):
        begin = given.end()
        if concluded := _CONCLUDED.search(words, 0, begin):
            yield _subject(sentence, given.start("reason"), concluded.start(), is_reason=True)
    if of := _NECESSITY_OF.search(words, begin):
        yield _subject(sentence, of.start("subject"), of.end("subject"))
    elif concluded := _CONCLUDED.search(words, begin):
        yield _subject(sentence, begin, concluded.start())


def _subject(sentence: Sentence, start: int, end: int, *, is_reason: bool = False) -> Subject:
    aside = _ASIDE.search(sentence.text, start, end)
    end = aside.start() if aside and aside.start() > start else end
    return Subject(sentence.text[start:end], sentence.start + start, sentence, is_reason)


def is_general(words: str) -> bool:
    """Whether a sentence is about guidelines or patients in general, not about this worker."""
    return _GENERAL.search(words) is not None
