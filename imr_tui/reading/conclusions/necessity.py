"""Finds what a rationale concludes about medical necessity, apart from reported opinions."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.attribution import rejected_statement, without_reported
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE, Sentence, sentences

_NECESSARY = (
    r"(?:medically (?:un|in)?(?:necessary|appropriate|reasonable|indicated|warranted|supported)"
    r"|medical(?:ly)? (?:necessity|necessary)|necessary(?: and appropriate)?)"
)
_OVERRULED = LazyPattern(
    r"\b(?:denial|non-?certification|(?:decision|determination)(?: to deny)?)\b[^.;,]{0,80}?"
    r" (?:is|was) (?:\w+ly )?(?:overturned|reversed|in error|incorrect|wrong"
    r"|not (?:\w+ly )?(?:appropriate|supported|justified|warranted|correct|upheld|reasonable))\b"
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
    rf"|{_SUSTAINED}"
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
_PARTS = LazyPattern(r"; |, (?:but|however|yet|whereas|while) ")
_FINAL = LazyPattern(rf"\b{_NECESSARY}\b")
_CONTRACTED = LazyPattern(r"n['\u2019]t\b")
_NOT_ONLY = LazyPattern(r"\bnot only\b")
# A reason before the clause that concludes: "As the surgery is not necessary, the brace is not".
_REASON_FIRST = LazyPattern(
    r"(?:therefore,? )?(?:as|since|because|given that|in light of the fact that) (?!such\b|noted\b"
    r"|above\b|well\b|a result\b|per\b)(?P<reason>[^,;]{3,200}(?:, and (?:as|since|because)"
    r"[^,;]{3,200})?), (?P<main>.+)"
)
# Every pattern of a conclusion needs one of these, and a search for them is much faster.
_MARK = LazyPattern(
    r"necess|appropriat|reasonabl|indicated|warrant|support|certif|approv|authoriz|justif|met\b"
    r"|satisf|den(?:ied|y)|overturn|up(?:held|hold)|affirm|establish|shown|demonstrat|proven|correct"
    r"|stands|advis|recommend|fails?\b|revers|error|wrong|need (?:for|of)"
)
_MEDICAL = LazyPattern(r"\bmedical")
# What is needed in general: "For a flare-up, re-evaluation of earlier success is necessary".
_GENERAL_NEED = LazyPattern(
    r"^(?:(?:for|in|during|after|before|with|when|if) [^,.;]{3,80}, )?(?:\w+ )?"
    r"(?:re-?\s?)?(?:evaluation|assessment|documentation|monitoring|supervision|education|evidence"
    r"|information|reassessment|caution|care|follow-?\s?up|improvement|review|attention|failure)s?"
    r"\b[^.;,]{0,120}? (?:is|are|was|were|may be|will be) (?:also |often |usually |always |then )?"
    r"necessary\b"
)
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
    r"|\bfails? (?:criteri\w+|to (?:meet|satisfy|establish|support|demonstrate))"
)
_AFFIRMS = LazyPattern(
    r"\b(?:is|are|was|were|be|been|being|as|remains?|becomes?|appears?|seems?|considered|deemed"
    r"|found|felt),? (?:(?!not\b|un)[\w,'-]+ ){0,6}?"
    r"(?:medically|clinically)?\s*(?:necessary|appropriate|indicated|reasonable|warranted"
    r"|supported|justified|certified|approved|authorized)\b"
    r"|\bmedical necessity\b[^.;]{0,60}?\b(?:is|are|was|were|has been|have been) (?:\w+ly )?"
    r"(?:established|demonstrated|met|supported|documented|substantiated)\b"
    r"|\b(?:meets?|met|satisf\w+|establish\w*|supports?"
    r"|demonstrates?) (?:the )?(?:[\w-]+ ){0,4}?medical necessity\b"
)
_CONDITIONAL = LazyPattern(
    r"\b(?:if|whether|unless|until|may be|might be|could be|would be|can be|should be|to determine"
    r"|determin(?:e|ing)|addresses|interpreted|in order to|when|for patients"
    r"|in patients|who are|why|how)\b"
)


class Conclusion(NamedTuple):
    """A sentence that states a conclusion on medical necessity."""

    sentence: Sentence
    """The sentence."""
    denies: bool
    """Whether it says that something is not necessary."""
    affirms: bool
    """Whether it says that something is necessary, unconditionally."""
    is_final: bool
    """Whether it mentions necessity itself, not only support or criteria."""
    closes_denying: bool
    """Whether it denies necessity after it mentions only support for something else."""


@lru_cache(maxsize=CACHE_SIZE)
def conclusions(text: str) -> tuple[Conclusion, ...]:
    """The sentences of `text` that state a conclusion on necessity, in order."""
    return tuple(_find_conclusions(text))


def _find_conclusions(text: str) -> Iterator[Conclusion]:
    for sentence in sentences(text):
        read = _classify(sentence.text)
        if read.concludes:
            yield Conclusion(
                sentence, read.denies, read.affirms, read.is_final, read.closes_denying
            )


class _Reading(NamedTuple):
    """The classification of a sentence, independent of its position."""

    concludes: bool
    denies: bool
    affirms: bool
    is_final: bool
    closes_denying: bool


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _classify(sentence: str) -> _Reading:
    low = lowered(sentence)
    if not _MARK.search(low):
        return _Reading(False, False, False, False, False)
    parts = _split_parts(low)
    words = ", ".join(parts)
    directions = [_of_clauses(part) for part in parts]
    denies, affirms = (any(said) for said in zip(*directions, strict=True))
    concludes = _CONCLUDES.search(words) is not None and not _is_general_need(words)
    final = [said for part, said in zip(parts, directions, strict=True) if _FINAL.search(part)]
    closes_denying = bool(final) and final[-1][0] and not any(said[1] for said in final)
    return _Reading(concludes, denies, affirms, bool(final), closes_denying)


def _is_general_need(words: str) -> bool:
    return _GENERAL_NEED.search(words) is not None and not _MEDICAL.search(words)


def _of_clauses(part: str) -> tuple[bool, bool]:
    """The direction of the clause that concludes; of the reason before it, if it has none."""
    if (match := _REASON_FIRST.match(part)) and any(main := _direction(match["main"])):
        return main
    return _direction(part)


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
def denials(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` that deny necessity or support, even without concluding."""
    return tuple(each for each in sentences(text) if _classify(each.text).denies)
