"""Tells the reviewer's own statements about this worker from general ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from imr_tui.reading.language.attribution import without_reported
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, blank_quotations, lowered

if TYPE_CHECKING:
    from imr_tui.reading.findings.findings import Statement
    from imr_tui.reading.language.sentences import Sentence

# A guideline's words, a condition or a question is not a claim about this worker.
_GENERAL = LazyPattern(
    r"\b(?:mtus|odg|acoem|guidelines?|criteria|recommend\w*|chapter|if|unless|whether|should"
    r"|must|may"
    r"|might|would|could be|patients|until|option|asks? for|calls? for|wants?|allows?|advises?"
    r"|monitor\w*|considered|in the absence|states that"
    r"|is indicated|are indicated|requires?)\b"
)


@lru_cache(maxsize=CACHE_SIZE)
def unquoted(text: str) -> str:
    """Lower-case `text` and blank its quotations, keeping offsets."""
    return lowered(blank_quotations(text))


def own_words(low: str, sentence: Sentence) -> str:
    """The sentence in lower case, without the opinions of utilization review."""
    return without_reported(low[sentence.start : sentence.start + len(sentence.text)])


def clause_start(own: str, at: int) -> int:
    """The start of the clause of a sentence that holds offset `at`."""
    found = 0
    for match in _CONTRAST.finditer(own, 0, at):
        found = match.end()
    return found


def is_general(own: str, start: int, end: int) -> bool:
    """Whether a part of a sentence quotes a guideline, or states a condition."""
    return _GENERAL.search(own, start, end) is not None


_CONTRAST = LazyPattern(
    r"[;:]|\b(?:but|however|although|though)\b"
    r"|, and (?=(?:the (?:records?|file|rfa|reports?|patient|worker|claimant|applicant|injured)|he"
    r"|she|this (?:[\w-]+ )?(?:worker|patient|claimant|applicant|employee))\b)"
)
_COMPARED = ("finding", "test", "symptom", "fact")
"""Sorts of things that can be turned into their opposite."""


def is_definite(text: str, each: Statement) -> bool:
    """Whether a statement is the reviewer's own about this worker, and says yes or no plainly."""
    compared = each.thing.sort in _COMPARED or each.mention.is_opposite
    if each.is_present is None or not compared or each.thing.name == "pain":
        return False
    own = own_words(unquoted(text), each.sentence)
    first, last = (at - each.sentence.start for at in each.mention.span)
    if not own[first:last].strip() or _GENERAL.search(own, clause_start(own, first)):
        return False
    is_worded = each.mention.is_opposite or each.thing.sort == "test"
    if each.is_present and not is_worded:
        start = clause_start(own, first)
        return _ASSERTED.search(own) is not None and _PURPOSE.search(own, start) is None
    if is_worded or _DIRECTLY.search(own, 0, first):
        return True
    return _GONE.match(own, last) is not None


_DIRECTLY = LazyPattern(
    r"\b(?:no|not|no longer|denie[sd]|denying|negative for|free of)(?: (?:a|an|any))? \Z"
    r"|\b(?:did|has|have) not (?:return|bring|brought|go|get)\w*(?: [\w-]+){0,4} \Z"
)
# Words of an observation, and of something that is only feared or named as an example.
_ASSERTED = LazyPattern(
    r"\b(?:there (?:is|are|was|were)|has|have|had|with|show\w*|found|not(?:ed|es)|report\w*"
    r"|complain\w*"
    r"|present|is|are|was|were|describ\w+|demonstrat\w+|reveal\w*|record\w*|(?:this"
    r"|the) (?:worker|patient) \w+s)\b"
)
_PURPOSE = LazyPattern(
    r"\b(?:risks?|prevent\w*|lead(?:s|ing)? to|rule out|such as|suspect\w*|four a'?s"
    r"|support\w* \w+ (?:where|in|for))\b"
)
_GONE = LazyPattern(
    r" (?:has|have|had) (?:fully |completely )?(?:resolved|cleared|subsided|disappeared)"
)


_OF_WORKER = LazyPattern(
    r"\b(?:worker|patient|claimant|employee|he|she|his|her|examination|exam)\b|\d[-/]\d"
)


def is_of_worker(text: str, each: Statement) -> bool:
    """Whether a rationale states something about this worker, not about patients in general."""
    own = own_words(unquoted(text), each.sentence)
    return _OF_WORKER.search(own) is not None and _GENERAL.search(own) is None
