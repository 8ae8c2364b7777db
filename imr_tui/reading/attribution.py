"""Separates the reviewer's own statements from reported opinions of others."""

import re
from functools import lru_cache

from imr_tui.reading.patterns import LazyPattern, blank_out
from imr_tui.reading.sentences import SENTENCE_CACHE_SIZE

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
