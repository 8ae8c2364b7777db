"""Finds what a rationale concludes about medical necessity, apart from reported opinions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.patterns import CACHE_SIZE, LazyPattern, blank_out
from imr_tui.reading.sentences import SENTENCE_CACHE_SIZE, Sentence, sentences

_ADMINISTRATOR = (
    r"(?:UR|utili[sz]ation review(?:er)?|claims? (?:administrator|adjuster|examiner)"
    r"|(?:insurance )?carrier|insurer|(?:prior|previous|initial|original|first)"
    r" (?:reviewer|review|determination))"
)
_SAID = (
    r"(?:held|holds|found|finds|stated|states|said|says|felt|feels|wrote|writes|argue[sd]"
    r"|opine[sd]|reason(?:s|ed)|conclude[sd]|determine[sd]|claim(?:s|ed)|believe[sd]"
    r"|consider(?:s|ed)|deem(?:s|ed)|denie[sd]|non-?\s?certified|modified|declined"
    r"|maintain(?:s|ed)|assert(?:s|ed)|contend(?:s|ed))"
)
_SAYS = (
    rf"{_ADMINISTRATOR}\b(?:'s| \w+){{0,4}}? (?:(?<!is\s)(?<!was\s)(?<!are\s)(?<!were\s)){_SAID}\b"
)
# A reported opinion extends to the end of the sentence, or until the reviewer speaks again.
_REPORTED_OPINION = LazyPattern(
    rf"\b{_ADMINISTRATOR}, (?:which|who) {_SAID}\b[^,;]*"
    rf"|\b(?:although|though|while|whereas|even if) [^,;]{{0,60}}?\b{_SAYS}[^,;]*"
    rf"|\b{_SAYS}[^;]*?(?=, (?:and|which|I)\b|[.!?]?$|;)"
    rf"|\b(?:according to|in the (?:view|opinion) of) (?:the )?{_ADMINISTRATOR}\b[^;]*"
    rf"|\b(?:was|were|been) (?:\w+ )?{_SAID}\b[^;,]{{0,80}}? by (?:the )?(?:\w+ )?"
    rf"{_ADMINISTRATOR}\b(?: as [^;,]*)?",
    re.IGNORECASE,
)
_AGREEMENT = LazyPattern(
    r"(?<!not\s)\b(?:agree[sd]?|concur(?:s|red)?|correctly|rightly|properly)\b", re.IGNORECASE
)
_REJECTION = LazyPattern(
    r"\b(?:disagree[sd]?|(?:do|did|ca|can)\s?not agree|dispute[sd]?|rejects?"
    r"|(?:is|was|be) (?:not true|untrue|wrong|incorrect))\b[^.;,]{0,60}?\bthat\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def without_reported(words: str) -> str:
    """Blank out opinions of utilization review, unless the sentence agrees with them."""
    return words if _AGREEMENT.search(words) else blank_out(_REPORTED_OPINION, words)


def rejected_statement(words: str) -> str:
    """The part of a sentence that it rejects, as after "I disagree that"; or blank."""
    found = _REJECTION.search(words)
    return words[found.end() :] if found else ""


_NECESSARY = (
    r"(?:medically (?:un|in)?(?:necessary|appropriate|reasonable|indicated|warranted|supported)"
    r"|medical(?:ly)? (?:necessity|necessary)|necessary(?: and appropriate)?)"
)
_OVERRULED = LazyPattern(
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
_CONCLUDES = LazyPattern(
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
# Words allowed between a negation and the necessity that it denies.
_FILLER = (
    r"(?:be|been|being|to|as|a|an|the|any|its|of|for|and|or|yet|at|this|that|time|it|is|are|was"
    r"|were|called|considered|deemed|found|felt|seen|shown|proven|determined|regarded|viewed|judged"
    r"|demonstrat\w*|establish\w*|support\w*|warranted|indicated|appropriate|reasonable"
    r"|meets?|met|satisf\w+|justif\w+|confirm\w*|document\w*|prov\w+|show\w*|see|find|consider"
    r"|overall|request(?:ed)?|treatment|item|\w+ly)"
)
# One part of a sentence may deny one thing while another affirms something else.
_PARTS = LazyPattern(r"; |, (?:but|however|yet|whereas|while) ", re.IGNORECASE)
_FINAL = LazyPattern(rf"\b{_NECESSARY}\b", re.IGNORECASE)
_CONTRACTED = LazyPattern(r"n['\u2019]t\b", re.IGNORECASE)
_NOT_ONLY = LazyPattern(r"\bnot only\b", re.IGNORECASE)
_DENIES = LazyPattern(
    # is not ... necessary; cannot be considered necessary; no medical necessity
    rf"\b{_NOT}(?:[\s,]+{_FILLER}){{0,10}}[\s,]+{_NECESSARY}\b"
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
_AFFIRMS = LazyPattern(
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
_CONDITIONAL = LazyPattern(
    r"\b(?:if|whether|unless|until|may be|might be|could be|would be|can be|should be|to determine"
    r"|determin(?:e|ing)|addresses|interpreted|in order to|when|for patients"
    r"|in patients|who are|why|how)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Conclusion:
    """A sentence that states a conclusion on medical necessity."""

    sentence: Sentence
    """The sentence."""
    denies: bool
    """Whether it says that something is not necessary."""
    affirms: bool
    """Whether it says that something is necessary, unconditionally."""
    is_final: bool
    """Whether it mentions necessity itself, not only support or criteria."""


@lru_cache(maxsize=CACHE_SIZE)
def conclusions(text: str) -> tuple[Conclusion, ...]:
    """The sentences of `text` that state a conclusion on necessity, in order."""
    return tuple(_find_conclusions(text))


def _find_conclusions(text: str) -> Iterator[Conclusion]:
    for sentence in sentences(text):
        read = _classify(sentence.text)
        if read.concludes:
            yield Conclusion(sentence, read.denies, read.affirms, read.is_final)


class _Reading(NamedTuple):
    """The classification of a sentence, independent of its position."""

    concludes: bool
    denies: bool
    affirms: bool
    is_final: bool


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _classify(sentence: str) -> _Reading:
    parts = _split_parts(sentence)
    words = ", ".join(parts)
    denies, affirms = (any(said) for said in zip(*map(_direction, parts), strict=True))
    concludes = _CONCLUDES.search(words) is not None
    return _Reading(concludes, denies, affirms, _FINAL.search(words) is not None)


def _split_parts(text: str) -> list[str]:
    """Split a sentence into parts: single-spaced, "n't" as "not", reported opinions blanked out."""
    plain = " ".join(_CONTRACTED.sub(" not", text).split())
    return [without_reported(part) for part in _PARTS.split(_NOT_ONLY.sub("also", plain))]


def _direction(part: str) -> tuple[bool, bool]:
    """Whether a part of a sentence denies, and whether it affirms unconditionally."""
    if rejected := rejected_statement(part):
        denies, affirms = _direction(rejected)
        return affirms, denies
    if _OVERRULED.search(part):
        return False, True
    denies = _DENIES.search(part) is not None
    affirms = not denies and _AFFIRMS.search(part) is not None
    return denies, affirms and _CONDITIONAL.search(part) is None


@lru_cache(maxsize=CACHE_SIZE)
def denies(text: str) -> bool:
    """Whether any sentence of `text` denies necessity or support, even without concluding."""
    return any(_classify(sentence.text).denies for sentence in sentences(text))
