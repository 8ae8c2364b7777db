"""Finds the treatment that a sentence of a rationale concludes on or gives criteria for."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.conclusions.necessity import conclusions
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE

# A clause before the main one: "As the surgery is not necessary, the brace is not either."
_LEADING = LazyPattern(
    r"(?:(?P<subordinate>as|since|because|although|though|even though|while|given|if|when|where"
    r"|unless|unlike)|after|due to|without|based on|with|for|in|on|at|considering|therefore|thus"
    r"|hence|consequently|accordingly|however|moreover|furthermore|finally|additionally|and|but)"
    r"\b[^,;]{0,240}[,;] "
)
_PARTS = LazyPattern(
    r"; |, (?:(?:but|however|yet|whereas|while|although|though) (?!not )|(?:so|and) (?=the |an? ))"
)
_TRAILING = LazyPattern(r",? (?:as|because|since|given(?: that)?|inasmuch as) ")
_NECESSARY = LazyPattern(r"\b(?:un)?necess(?:ary|ity)\b|\bmedically \w+")
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
_BECAUSE = LazyPattern(
    r"\b(?:since|because|given|as the|in light|based on|without|prior to|before|after|instead of"
    r"|rather than|versus|compared|in addition to|along with|while|although|whereas"
    r"|unlike|that|which|who)\b"
)


class Subject(NamedTuple):
    """The words for the treatment that a sentence is about."""

    words: str
    """The words, in lower case."""
    span: tuple[int, int]
    """Offsets of the sentence."""
    is_asked: bool
    """Whether the sentence calls it requested, so that it must be the disputed treatment."""


@lru_cache(maxsize=CACHE_SIZE)
def concluded(text: str) -> tuple[Subject, ...]:
    """The subjects of all sentences that call something necessary or not, in order.

    The subject is blank where it is unclear, and in "It is not medically necessary".
    """
    found = []
    for conclusion in conclusions(text):
        if not conclusion.is_final or not (conclusion.denies or conclusion.affirms):
            continue
        words, is_asked = _subject(lowered(conclusion.sentence.text))
        found.append(Subject(words, conclusion.sentence.span, is_asked))
    return tuple(found)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _subject(sentence: str) -> tuple[str, bool]:
    """The subject of a conclusion, and whether it is called requested; blank if it is unclear."""
    clause = _main_clause(sentence)
    asked = [
        match
        for match in _ASKED.finditer(clause)
        if not _UNLIKE.search(clause, max(0, match.start() - 24), match.start())
    ]
    if asked:
        return _until_reason(asked[-1]["subject"]), True
    match = _BARE.match(clause)
    return (_until_reason(match["subject"]), False) if match else ("", False)


def _main_clause(sentence: str) -> str:
    """The part of a sentence that speaks of necessity; blank if only a clause before it does."""
    rest = sentence
    while leading := _LEADING.match(rest):
        if not _NECESSARY.search(rest, leading.end()):
            if leading["subordinate"]:
                return ""
            break
        rest = rest[leading.end() :]
    parts = [part for part in _PARTS.split(rest) if _NECESSARY.search(part)]
    if not parts:
        return ""
    decided = _TRAILING.split(parts[-1], most=1)[0]
    return decided if _NECESSARY.search(decided) else parts[-1]


def _until_reason(words: str) -> str:
    return _BECAUSE.split(words, most=1)[0].strip(" ,")
