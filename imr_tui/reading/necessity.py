"""What a rationale concludes: the sentences on medical necessity, and whether they deny it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.sentences import KEPT, Sentence, sentences
from imr_tui.reading.wording import Wording

_NECESSARY = (
    r"(?:medically\s+(?:necessary|appropriate|reasonable|indicated|warranted|supported)"
    r"|medical(?:ly)?\s+(?:necessity|necessary)|necessary(?:\s+and\s+appropriate)?)"
)
_CONCLUDES = Wording(
    rf"\b{_NECESSARY}\b"
    r"|\b(?:request|requested|treatment|procedure|service|item|medication|study|surgery|therapy"
    r"|need|use|usage"
    r"|imaging|mri|test|testing|evaluation|consultation|purchase|rental|criteria|guidelines?|it"
    r"|this|they)\b"
    r"[^.;]{0,200}?\b(?:is|are|was|were|be|been)\s+(?:therefore\s+|thus\s+|hereby\s+|deemed\s+"
    r"|found\s+|considered\s+"
    r"|determined\s+(?:to\s+be\s+)?)?(?:not\s+)?(?:to\s+be\s+)?(?:medically\s+)?"
    r"(?:supported|warranted|indicated|certified|approved|authorized|justified|reasonable"
    r"|appropriate|denied"
    r"|overturned|upheld|met)\b",
    re.IGNORECASE,
)
_NOT = (
    r"(?:not|n[o']t|never|cannot|can\s?not|no\s+longer|neither|nor|without|fails?\s+to"
    r"|failed\s+to|unable\s+to)"
)
_NOT_TRAILED = Wording(r"\bnot\s+only\b", re.IGNORECASE)
_DENIES = Wording(
    # is not ... necessary; cannot be considered necessary; no medical necessity
    rf"\b{_NOT}\b(?:[\s,]+(?!and\b|but\b|however\b|until\b)[\w/'()-]+){{0,12}}?[\s,]+{_NECESSARY}\b"
    rf"|\b(?:no|lack\s+of|lacks|insufficient|absent|un-?established"
    rf"|questionable)\s+(?:[\w-]+\s+){{0,5}}?"
    r"medical\s+necessity\b"
    rf"|\bmedically\s+(?:un|in)(?:necessary|appropriate|warranted|reasonable)\b|\bunnecessary\b"
    # medical necessity is not established
    rf"|\bmedical\s+necessity\b[^.;]{{0,160}}?\b(?:{_NOT}|hasn't|isn't|wasn't|in\s+question"
    rf"|unclear|lacking|denied)\b"
    # not supported, denied
    rf"|\b{_NOT}\s+(?:be\s+|been\s+|being\s+|to\s+be\s+|deemed\s+|found\s+|considered\s+"
    rf"|seen\s+(?:as\s+)?"
    r"|determined\s+to\s+be\s+|currently\s+|clinically\s+|medically\s+|fully\s+|adequately\s+"
    r"|sufficiently\s+)*"
    r"(?:supported|warranted|indicated|certif\w+|approv\w+|authoriz\w+|justif\w+|reasonable"
    r"|appropriate"
    r"|recommended|necessary|established|met|satisf\w+|advisable|advised)\b"
    r"|\b(?:request|treatment|item|procedure|it|this)\s+(?:is|are|was|were)\s+(?:therefore\s+"
    r"|hereby\s+|thus\s+)?denied\b"
    r"|\bdecision\s+(?:is|to\s+deny)\b[^.;]{0,40}\b(?:upheld|uphold)|\bdenial\s+is\s+upheld\b"
    r"|\bfails?\s+(?:criteri\w+|to\s+(?:meet|satisfy|establish|support|demonstrate))",
    re.IGNORECASE,
)
_AFFIRMS = Wording(
    r"\b(?:is|are|was|were|be|been|being|as|remains?|becomes?|appears?|seems?|considered|deemed"
    r"|found|felt)\s+"
    r"(?:(?!not\b|n't|un)[\w,'-]+\s+){0,6}?"
    r"(?:medically|clinically)?\s*(?:necessary|appropriate|indicated|reasonable|warranted"
    r"|supported|justified"
    r"|certified|approved|authorized)\b"
    r"|\bmedical\s+necessity\b[^.;]{0,60}?\b(?:is|are|was|were|has\s+been"
    r"|have\s+been)\s+(?:\w+ly\s+)?"
    r"(?:established|demonstrated|met|supported|documented|substantiated)\b"
    r"|\b(?:meets?|met|satisf\w+|establish\w*|supports?"
    r"|demonstrates?)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}?medical\s+necessity\b",
    re.IGNORECASE,
)
_SUPPOSED = Wording(
    r"\b(?:if|whether|unless|until|may\s+be|might\s+be|could\s+be|would\s+be|can\s+be"
    r"|should\s+be|to\s+determine"
    r"|determin(?:e|ing)|addresses|interpreted|in\s+order\s+to|when|for\s+patients"
    r"|in\s+patients|who\s+are)\b",
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
        words = _NOT_TRAILED.sub("also", " ".join(sentence.text.split()))
        if not _CONCLUDES.search(words):
            continue
        denies = _DENIES.search(words) is not None
        affirms = not denies and bool(_AFFIRMS.search(words)) and not _SUPPOSED.search(words)
        final = re.search(rf"\b{_NECESSARY}\b", words, re.IGNORECASE) is not None
        yield Conclusion(sentence, denies, affirms, final)


@lru_cache(maxsize=KEPT)
def denies(text: str) -> bool:
    """Whether any sentence of `text`, a concluding one or not, denies necessity or support."""
    return _DENIES.search(" ".join(text.split())) is not None
