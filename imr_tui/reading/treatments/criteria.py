"""Finds the treatments that a rationale gives criteria for, or calls the ones in question."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import Sentence, sentences

_STOP = (
    r"(?= (?:when|where|if|as|after|only|until|unless|that|which|who|because|since|is|are|was|were"
    r"|has|have|include|includes|should|would|will|may|can|before|without|or|over|by|from|during"
    r"|not|prior|and|but|so|support|supports|require|requires|recommend|recommends|demand|ask)\b"
    r"|[,.;:()\"]|$)"
)
_NAMED = rf"(?P<named>[^,.;:()\"]{{3,90}}?){_STOP}"
_GUIDELINE = LazyPattern(
    r"\b(?:mtus|odg|acoem|fda|cdc|guidelines?|chapters?|guidance|treatment schedule|criteria"
    r"|literature|recommendations?|indications?|label(?:ing)?|prescribing information"
    r"|advisory|standards)\b"
)
# Criteria: "criteria for X", "recommends X when".
_CRITERIA = LazyPattern(
    r"\b(?:(?:criteria|indications?|guidelines?|guidance|recommendations?|requirements"
    r"|prescribing information|label(?:ing)?) (?:for|of|on)|in support of"
    r"|(?:recommend|support|allow|endorse|advise|suggest|accept|permit|reserve|rank|address"
    r"|discuss|mention|favou?r|approve|name|consider|limit|list|cover)(?:s|ed|es)?(?: against)?"
    r"|looks? at|finds?|calls?|bases?) (?:the |an? |any |one )?"
    r"(?:(?:use|usage|trial|number|routine use|(?:one|two|three) months? trial) of |diagnostic )?"
    rf"{_NAMED}"
)
# Criteria in the passive: "X is recommended when".
_PASSIVE = LazyPattern(
    r"(?:^|[,;:\"] ?|\b(?:that|says?|states?|stated|while|and|but) )(?:the |an? )?"
    r"(?P<named>[^,.;:()\"]{3,80}?) (?:is|are|may be|can be|should be) (?:[\w-]+ ){0,3}?"
    r"(?:recommended|indicated|considered|supported|advised|an option|first-line|reserved"
    r"|limited|contraindicated|under study|not approved|addressed|tried)\b"
)
# The disputed treatment itself: "the X in question", "the requested X".
_DISPUTED = LazyPattern(
    r"\b(?:the|an?|this|these) (?P<named>(?:[\w/-]+ ){1,5})(?:in question|at issue|in dispute)\b"
    r"|\b(?:the|this|an?) requested (?P<asked>[^,.;:()\"]{3,60}?)(?= (?:is|are|was|were|would|will"
    r"|has|have|does|do|cannot|can|could|should|for|to|in|by|that|which|and|or)\b|[,.;:()\"]|$)"
)
# Claims about this worker's criteria: "the criteria for X are met".
_MET = LazyPattern(
    r"\b(?:criteria|requirements) (?:for|of) (?:an? |the )?(?P<named>[^,.;:()\"]{3,70}?)"
    r" (?:is|are|was|were|has been|have been) (?:not |clearly |all )?(?:met|satisfied|fulfill?ed)\b"
    r"|\b(?:meets?|satisf(?:y|ies)) (?:the |all )?(?:criteria|requirements) (?:for|of)"
    r" (?:an? |the )?(?P<met>[^,.;:()\"]{3,70}?)(?=[,.;]| (?:and|but|as|because|since)\b)"
)
# An opinion on a treatment at the start of a sentence: "X is not recommended".
_RATED = LazyPattern(
    r"\s*(?:(?:further|moreover|also|additionally|in addition|finally),? )?(?:the |an? |one )?"
    r"(?P<named>[^,.;:()\"]{3,70}?) (?:is|are|has|have|may be|can be|should be)"
    r" (?:[\w-]+ ){0,3}?(?:recommended|indicated|supported|advised|approved|investigational"
    r"|experimental|proven|effective|an option|a passive|reserved|used|useful"
    r"|justified)\b"
    r"|\s*(?:the |an? )?(?P<needing>[^,.;:()\"]{3,70}?) (?:requires?|needs?|calls? for|may help)"
    r" (?:(?:an?|the|clear|objective|documented|prior|to) ){0,3}(?:radiculopath\w+|documentation"
    r"|evidence|failure|trial|signs|findings|examination|imaging|differentiate|identify)\b"
)
# What a study would show, as a reason for it.
_WOULD = LazyPattern(
    r"(?:^|[,;:\"] ?|\b(?:that|and|but) )(?:the |an? |another )(?P<named>[\w/ -]{2,50}?)"
    r" (?:(?:would|will|may|might|can|could) (?!be\b|not\b|have\b)"
    r"|in this (?:setting|case|situation)\b)"
)
_CHAPTER = LazyPattern(
    r"\bchapters? (?:on|for|about) (?:the )?(?P<named>[a-z][a-z, ]{2,60}?)(?= (?:disorders?"
    r"|complaints?|conditions?|injur(?:y|ies)|names?|lists?|support|recommend|advise|reserve|give"
    r"|allow|state|say|ask|find|do|does|is|are|has|have|and hand|accept|require)\w*\b|[,.;])"
    r"|\b(?P<title>(?:neck|low back|back|shoulder|elbow|wrist|hand|hip|knee|ankle|foot|eye|head))"
    r" (?:complaints |disorders )?(?:chapter|complaints|disorders)\b"
)


class Named(NamedTuple):
    """Words for a treatment in a sentence that argues for or against it."""

    words: str
    """The words, in lower case."""
    sentence: Sentence
    """The sentence."""
    is_disputed: bool = False
    """Whether the sentence calls it the treatment in dispute."""
    is_chapter: bool = False
    """Whether it is the subject of a guideline chapter."""
    is_met: bool = False
    """Whether the worker is said to meet its criteria, or not to."""


def is_guideline(sentence: str) -> bool:
    """Whether a sentence in lower case reports a guideline."""
    return _GUIDELINE.search(sentence) is not None


@lru_cache(maxsize=CACHE_SIZE)
def argued(text: str) -> tuple[Named, ...]:
    """The treatments that `text` gives criteria for or calls disputed, in order."""
    found = list[Named]()
    for sentence in sentences(text):
        low = lowered(sentence.text)
        if is_guideline(low):
            for pattern in (_CRITERIA, _PASSIVE):
                found += (Named(match["named"], sentence) for match in pattern.finditer(low))
            found += (
                Named(match["named"] or match["title"], sentence, is_chapter=True)
                for match in _CHAPTER.finditer(low)
            )
        found += (
            Named(match["named"] or match["met"], sentence, is_met=True)
            for match in _MET.finditer(low)
        )
        found += (
            Named(match["named"] or match["asked"], sentence, is_disputed=True)
            for match in _DISPUTED.finditer(low)
        )
    return tuple(found)


@lru_cache(maxsize=CACHE_SIZE)
def foreseen(text: str) -> tuple[Named, ...]:
    """The studies of which `text` says what they would show or change, in order."""
    return tuple(
        Named(match["named"], sentence)
        for sentence in sentences(text)
        for match in _WOULD.finditer(lowered(sentence.text))
    )


@lru_cache(maxsize=CACHE_SIZE)
def rated(text: str) -> tuple[Named, ...]:
    """The treatments that sentences of `text` begin with and recommend or reject, in order."""
    return tuple(
        Named(match["named"] or match["needing"], sentence)
        for sentence in sentences(text)
        if (match := _RATED.match(lowered(sentence.text)))
    )
