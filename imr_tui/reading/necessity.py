"""What a rationale concludes: the sentences on medical necessity, and whether they deny it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.attribution import disputed, own
from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.sentences import KEPT, KEPT_SENTENCES, Sentence, sentences

_NECESSARY = (
    r"(?:medically (?:un|in)?(?:necessary|appropriate|reasonable|indicated|warranted|supported)"
    r"|medical(?:ly)? (?:necessity|necessary)|necessary(?: and appropriate)?)"
)
_OVERRULED = Wording(
    r"\b(?:denial|non-?certification|(?:decision|determination)(?: to deny)?)\b[^.;,]{0,80}?"
    r" (?:is|was) (?:\w+ly )?(?:overturned|reversed|in error|incorrect|wrong"
    r"|not (?:\w+ly )?(?:appropriate|supported|justified|warranted|correct|upheld|reasonable))\b",
    re.IGNORECASE,
)
_SUSTAINED = (
    r"\b(?:denial|non-?certification|determination) (?:stands|(?:is|was) (?:upheld|affirmed|correct"
    r"|appropriate|justified))\b|\b(?:uphold|affirm) the (?:\w+ )?(?:denial|non-?certification"
    r"|determination|decision)\b|\bno need (?:for|of)\b"
)
_CONCLUDES = Wording(
    rf"\b{_NECESSARY}\b|{_OVERRULED.pattern}"
    r"|\b(?:request|requested|treatment|procedure|service|item|medication|study|surgery|therapy"
    r"|need|use|usage"
    r"|imaging|mri|test|testing|evaluation|consultation|purchase|rental|criteria|guidelines?|it"
    r"|this|they)\b[^.;]{0,200}?\b(?:is|are|was|were|be|been) (?:therefore |thus |hereby |deemed "
    r"|found |considered |determined (?:to be )?)?(?:not )?(?:to be )?(?:medically )?"
    r"(?:supported|warranted|indicated|certified|approved|authorized|justified|reasonable"
    r"|appropriate|denied"
    r"|overturned|upheld|met|unnecessary|non-?certified)\b"
    r"|\bnot (?:been |yet |clearly )*(?:shown|established|demonstrated|proven)\b(?! (?:to|that)\b)"
    rf"|{_SUSTAINED}",
    re.IGNORECASE,
)
_NOT = r"(?:not|never|cannot|can\s?not|no longer|neither|nor|fails? to|failed to|unable to)"
# What may stand between a "not" and the necessity that it denies.
_BETWEEN = (
    r"(?:be|been|being|to|as|a|an|the|any|its|of|for|and|or|yet|at|this|that|time|it|is|are|was"
    r"|were|called|considered|deemed|found|felt|seen|shown|proven|determined|regarded|viewed|judged"
    r"|demonstrat\w*|establish\w*|support\w*|warranted|indicated|appropriate|reasonable"
    r"|meets?|met|satisf\w+|justif\w+|confirm\w*|document\w*|prov\w+|show\w*|see|find|consider"
    r"|overall|request(?:ed)?|treatment|item|\w+ly)"
)
# One sentence may deny the one thing and affirm the other.
_PARTS = Wording(r"; |, (?:but|however|yet|whereas|while) ", re.IGNORECASE)
_FINAL = Wording(rf"\b{_NECESSARY}\b", re.IGNORECASE)
_CONTRACTED = Wording(r"n['\u2019]t\b", re.IGNORECASE)
_NOT_TRAILED = Wording(r"\bnot only\b", re.IGNORECASE)
_DENIES = Wording(
    # is not ... necessary; cannot be considered necessary; no medical necessity
    rf"\b{_NOT}(?:[\s,]+{_BETWEEN}){{0,10}}[\s,]+{_NECESSARY}\b"
    rf"|\b(?:no|lack of|lacks|insufficient|absent|un-?established"
    rf"|questionable) (?:[\w-]+ ){{0,5}}?"
    r"medical necessity\b"
    # no more is necessary
    r"|(?:^|[.;:,] |\b(?:therefore|thus|so|that|and) )(?:no|none|nothing|neither)\b"
    r"(?! doubt| question)"
    r"(?:(?!\b(?:is|are|was|were|has|have|and|but)\b)[^.;,]){0,80}?\b(?:is|are|was|were) "
    rf"(?:\w+ly )?{_NECESSARY}\b"
    rf"|\bmedically (?:un|in)(?:necessary|appropriate|warranted|reasonable)\b"
    r"|\b(?:is|are|was|were|be|been|as|considered|deemed|found|remains?) (?:\w+ly |an? )?"
    r"unnecessary\b"
    # medical necessity is not established
    rf"|\bmedical necessity\b[^.;]{{0,160}}?\b(?:{_NOT}|in question"
    rf"|unclear|lacking|denied)\b"
    # not supported, denied
    rf"|\b{_NOT} (?:be |been |being |to be |deemed |found |considered |seen (?:as )?"
    r"|determined to be |currently |clinically |medically |fully |adequately |sufficiently )*"
    r"(?:supported|warranted|indicated|certif\w+|approv\w+|authoriz\w+|justif\w+|reasonable"
    r"|appropriate|recommended|necessary|established|met|satisf\w+|advisable|advised)\b"
    r"|\b(?:request|treatment|item|procedure|it|this) (?:is|are|was|were) (?:therefore "
    r"|hereby |thus )?denied\b|\b(?:is|are|was|were|be|been|remains?) (?:\w+ly )?non-?certified\b"
    rf"|\bdecision (?:is|to deny)\b[^.;]{{0,40}}\b(?:upheld|uphold)|{_SUSTAINED}"
    r"|\bnot (?:been |yet |clearly )*(?:shown|established|demonstrated|proven)\b(?! (?:to|that)\b)"
    r"|\bfails? (?:criteri\w+|to (?:meet|satisfy|establish|support|demonstrate))",
    re.IGNORECASE,
)
_AFFIRMS = Wording(
    r"\b(?:is|are|was|were|be|been|being|as|remains?|becomes?|appears?|seems?|considered|deemed"
    r"|found|felt),? (?:(?!not\b|un)[\w,'-]+ ){0,6}?"
    r"(?:medically|clinically)?\s*(?:necessary|appropriate|indicated|reasonable|warranted"
    r"|supported|justified|certified|approved|authorized)\b"
    r"|\bmedical necessity\b[^.;]{0,60}?\b(?:is|are|was|were|has been|have been) (?:\w+ly )?"
    r"(?:established|demonstrated|met|supported|documented|substantiated)\b"
    r"|\b(?:meets?|met|satisf\w+|establish\w*|supports?"
    r"|demonstrates?) (?:the )?(?:[\w-]+ ){0,4}?medical necessity\b",
    re.IGNORECASE,
)
_SUPPOSED = Wording(
    r"\b(?:if|whether|unless|until|may be|might be|could be|would be|can be|should be|to determine"
    r"|determin(?:e|ing)|addresses|interpreted|in order to|when|for patients"
    r"|in patients|who are|why|how)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Conclusion:
    """A sentence that concludes on medical necessity."""

    sentence: Sentence
    """The sentence."""
    denies: bool
    """Whether it says that something is not necessary."""
    affirms: bool
    """Whether it says that something is, without an if."""
    is_final: bool
    """Whether it speaks of necessity itself, and not only of support or of criteria."""


@lru_cache(maxsize=KEPT)
def conclusions(text: str) -> tuple[Conclusion, ...]:
    """The sentences of `text` that conclude on necessity, in its order."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Conclusion]:
    for sentence in sentences(text):
        read = _read(sentence.text)
        if read.concludes:
            yield Conclusion(sentence, read.denies, read.affirms, read.is_final)


class _Read(NamedTuple):
    """What a sentence says, wherever it stands."""

    concludes: bool
    denies: bool
    affirms: bool
    is_final: bool


@lru_cache(maxsize=KEPT_SENTENCES)
def _read(sentence: str) -> _Read:
    parts = _own_parts(sentence)
    words = ", ".join(parts)
    denies, affirms = (any(said) for said in zip(*map(_said, parts), strict=True))
    concludes = _CONCLUDES.search(words) is not None
    return _Read(concludes, denies, affirms, _FINAL.search(words) is not None)


def _own_parts(text: str) -> list[str]:
    """The parts of a sentence, single-spaced, with every "n't" a "not", in the own voice."""
    plain = " ".join(_CONTRACTED.sub(" not", text).split())
    return [own(part) for part in _PARTS.split(_NOT_TRAILED.sub("also", plain))]


def _said(part: str) -> tuple[bool, bool]:
    """Whether a part of a sentence denies, and whether it affirms without an if."""
    if rejected := disputed(part):
        denies, affirms = _said(rejected)
        return affirms, denies
    if _OVERRULED.search(part):
        return False, True
    denies = _DENIES.search(part) is not None
    affirms = not denies and _AFFIRMS.search(part) is not None
    return denies, affirms and _SUPPOSED.search(part) is None


@lru_cache(maxsize=KEPT)
def denies(text: str) -> bool:
    """Whether any sentence of `text`, a concluding one or not, denies necessity or support."""
    return any(_read(sentence.text).denies for sentence in sentences(text))
