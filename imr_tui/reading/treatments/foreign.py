"""Finds sentences about a matter that nothing else in a letter concerns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE, Sentence, sentence_at, sentences
from imr_tui.reading.language.tables import table
from imr_tui.reading.treatments.criteria import is_guideline

_INTRODUCTION = 2
"""The first sentences of the summary, which tell of the worker and the injury."""
_KNOWN_SHARE = 0.26
"""The largest part of the words of such a sentence that the rest of the letter may have."""
_WORD = re.compile(r"[a-z][a-z'-]{3,}")
_COMMON = frozenset(
    stem[:6]
    for stem in _WORD.findall(
        "after also applicant been before both claimant could current date dated employee from "
        "found have injured into last medical more noted note number patient physician provider "
        "record records report reported request requested since such than that their there these "
        "this those treated treatment under visit well were when where which while with worker "
        "would year years"
    )
)
# Lists of earlier illnesses, of what is absent, and of what was or may be ordered.
_LISTED = LazyPattern(
    r"\b(?:history|past|prior|previous(?:ly)?|denie[sd]|denying|no|not|negative|without|diagnos\w+"
    r"|dx|impression|comorbid\w*|allerg(?:ies|ic)|medications?|associated with|risks?|such as|if"
    r"|may|referr\w+|status post|review of systems|works? as|employed|occupation|job|utilization"
    r"|treatment (?:to date|has|included)|treatments?|pending|plan(?:ned)?|symptoms|complain\w*"
    r"|subjective\w*|includ(?:es?|ed|ing))\b"
)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(table("treatments/topics")["topic"])


@lru_cache(maxsize=CACHE_SIZE)
def _topics(text: str) -> tuple[tuple[str, int], ...]:
    """The matters that `text` concerns, with the offsets of their words."""
    return tuple((name, match.start()) for name, match in _lexicon().find(lowered(text)))


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(lowered(text))) - _COMMON


def foreign_sentences(
    texts: Sequence[str], requested: str
) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Yield each sentence about a matter that nothing else concerns.

    `texts` are the summary and the rationales, `requested` all requests. The result is the number
    of the text, the matter, and the span of the sentence. Most of its words must be new as well.
    """
    known = {topic for topic, _ in _topics(requested)}
    places = dict[str, set[tuple[int, Sentence]]]()
    for number, text in enumerate(texts):
        for topic, at in _topics(text):
            if topic not in known:
                places.setdefault(topic, set()).add((number, sentence_at(text, at)))
    once = [(*found.pop(), topic) for topic, found in sorted(places.items()) if len(found) == 1]
    if not once:
        return
    words = Counter(
        stem for text in texts for each in sentences(text) for stem in _stems(each.text)
    )
    words.update(dict.fromkeys(_stems(requested), 2))
    told = set[tuple[int, Sentence]]()
    for number, sentence, topic in once:
        is_first = number == 0 and sentence in sentences(texts[0])[:_INTRODUCTION]
        if not is_first and (number, sentence) not in told and _is_new(sentence, words):
            told.add((number, sentence))
            yield number, topic, sentence.span


def _is_new(sentence: Sentence, words: Counter[str]) -> bool:
    """Whether most words of a sentence occur in no other, and it states something."""
    low = lowered(sentence.text)
    stems = _stems(sentence.text)
    known = sum(words[stem] > 1 for stem in stems)
    is_stated = not is_guideline(low) and _LISTED.search(low) is None
    return is_stated and len(stems) > 1 and known <= _KNOWN_SHARE * len(stems)
