"""Whose opinion a sentence gives: the reviewer's own, or that of those whom it reports."""

import re
from functools import lru_cache

from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.normalize import blanked
from imr_tui.reading.sentences import KEPT_SENTENCES

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
# What is reported goes on to the end, or to where the reviewer speaks again.
_REPORTED = Wording(
    rf"\b{_ADMINISTRATOR}, (?:which|who) {_SAID}\b[^,;]*"
    rf"|\b(?:although|though|while|whereas|even if) [^,;]{{0,60}}?\b{_SAYS}[^,;]*"
    rf"|\b{_SAYS}[^;]*?(?=, (?:and|which|I)\b|[.!?]?$|;)"
    rf"|\b(?:according to|in the (?:view|opinion) of) (?:the )?{_ADMINISTRATOR}\b[^;]*"
    rf"|\b(?:was|were|been) (?:\w+ )?{_SAID}\b[^;,]{{0,80}}? by (?:the )?(?:\w+ )?"
    rf"{_ADMINISTRATOR}\b(?: as [^;,]*)?",
    re.IGNORECASE,
)
_SHARED = Wording(
    r"(?<!not\s)\b(?:agree[sd]?|concur(?:s|red)?|correctly|rightly|properly)\b", re.IGNORECASE
)
_DISPUTED = Wording(
    r"\b(?:disagree[sd]?|(?:do|did|ca|can)\s?not agree|dispute[sd]?|rejects?"
    r"|(?:is|was|be) (?:not true|untrue|wrong|incorrect))\b[^.;,]{0,60}?\bthat\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=KEPT_SENTENCES)
def own(words: str) -> str:
    """A sentence with blanks in the place of what utilization review held, unless it agrees."""
    return words if _SHARED.search(words) else blanked(_REPORTED, words)


def disputed(words: str) -> str:
    """What a sentence says not to be so: "I disagree that ..."; or blank."""
    found = _DISPUTED.search(words)
    return words[found.end() :] if found else ""
