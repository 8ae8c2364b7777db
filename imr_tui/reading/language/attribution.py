"""Whose statement a sentence is: of utilization review, of a guideline, or on this request."""

from functools import lru_cache

from imr_tui.reading.language.patterns import LazyPattern, blank_out, blank_quotations, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE

_ADMINISTRATOR = (
    r"(?:ur|utili[sz]ation review(?:er)?|claims? (?:administrator|adjuster|examiner)"
    r"|(?:insurance )?carrier|insurer|(?:prior|previous|initial|original|first)"
    r" (?:reviewer|review|determination))"
)
_REVIEW = LazyPattern(_ADMINISTRATOR)
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
    rf"|\b{_SAYS}[^;]*?(?=, (?:and|which|i)\b|[.!?]?$|;)"
    rf"|\b(?:according to|in the (?:view|opinion) of) (?:the )?{_ADMINISTRATOR}\b[^;]*"
    rf"|\b(?:was|were|been) (?:\w+ )?{_SAID}\b[^;,]{{0,80}}? by (?:the )?(?:\w+ )?"
    rf"{_ADMINISTRATOR}\b(?: as [^;,]*)?"
)
_AGREEMENT = LazyPattern(
    r"(?<!not\s)\b(?:agree[sd]?|concur(?:s|red)?|correctly|rightly|properly)\b"
)
_REJECTION = LazyPattern(
    r"\b(?:disagree[sd]?|(?:do|did|ca|can)\s?not agree|dispute[sd]?|rejects?"
    r"|(?:is|was|be) (?:not true|untrue|wrong|incorrect))\b[^.;,]{0,60}?\bthat\b"
)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def without_reported(words: str) -> str:
    """Blank out opinions of utilization review, unless the sentence agrees with them."""
    low = lowered(words)
    if not _REVIEW.search(low) or _AGREEMENT.search(low):
        return words
    return blank_out(_REPORTED_OPINION, words, low)


def rejected_statement(words: str) -> str:
    """The part of a sentence that it rejects, as after "I disagree that"; or blank."""
    found = _REJECTION.search(lowered(words))
    return words[found.end() :] if found else ""


GUIDELINE = (
    r"(?:(?:mtus|odg|acoem|fda|cdc|aaos|official disability guidelines?)\b|(?:clinical |practice "
    r"|evidence[- ]based |cited |same |treatment )*(?:guidelines?|chapter|formulary|literature"
    r"|label(?:ing)?|prescribing information|authors|society|stud(?:y|ies) (?:show|find|report))\b)"
)
_GUIDELINE_SAYS = (
    r"(?:says?|states?|stated|write[s]?|notes?|noted|calls?|find(?:s|ing)?|found|holds?|advise[sd]?"
    r"|recommend(?:s|ed|ing)?|suggest(?:s|ed)?|support(?:s|ed)?|allow(?:s|ed)?|consider(?:s|ed)?"
    r"|regards?|limits?|reserves?|requires?|asks?|lists?|indicates?|indicated|endorse[sd]?"
    r"|discourages?|accepts?|grants?|covers?|names?|places?|ties?|does|do|did|is|are|report(?:s|ed)?|conclude[sd]?|make[s]?|read[s]?)"
)
_OF_GUIDELINE = LazyPattern(
    rf"\b{GUIDELINE}(?: \w+| \([^()]{{0,40}}\)|,){{0,8}}? {_GUIDELINE_SAYS}\b"
    rf"|\b(?:according to|per|under|by|based on) (?:the )?(?:\w+ ){{0,3}}?{GUIDELINE}"
)
_OF_CASE = LazyPattern(
    r"\b(?:requests?|requested|this (?:\w+ )?(?:worker|patient|claimant|applicant|employee|man"
    r"|woman|individual|case|item|service|treatment|study|drug|medication|determination|review)"
    r"|(?:the|injured) (?:injured )?(?:worker|patient|claimant|applicant|employee)(?:'s)?|here|his"
    r"|her|he|she|denial|decision|determination|therefore|thus|hence|remaining"
    r"|at this time|provided|submitted|in question|in dispute|disputed|i|we)\b"
)
_QUOTED_AT_ALL = LazyPattern(r"[\"\u201c][^\"\u201d]{8,}")


def is_of_guideline(words: str) -> bool:
    """Whether a sentence states what a guideline, a label or a study says."""
    return _OF_GUIDELINE.search(lowered(words)) is not None


def is_of_case(words: str) -> bool:
    """Whether a sentence refers to this worker, this request or this decision."""
    return _OF_CASE.search(lowered(blank_quotations(words))) is not None


def is_quoted(words: str) -> bool:
    """Whether a sentence contains a quotation of several words."""
    return _QUOTED_AT_ALL.search(words) is not None
