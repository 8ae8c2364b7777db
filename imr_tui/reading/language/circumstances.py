"""Tells what is only feared, reported by the worker or past from what is there and found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.reading.findings.findings import Statement

_DONE_SORTS = ("treatment", "study")

# The thing is to be excluded, is feared, or is a condition.
_FEARED = LazyPattern(
    r"\b(?:rul(?:e|es|ed|ing)[\s-]out|r/o|(?:to|and) (?:better )?(?:evaluate|assess|look|check"
    r"|screen|test|exclude|determine|investigate|confirm|detect|identify)(?: for)?"
    r"|(?:evaluation|assessment|search|workup|work-up|screening) (?:for|of (?:an? )?possible)"
    r"|exclud(?:e|ing)|suspect\w*|suspicio\w+|possib\w+|probabl[ey]|presum\w+"
    r"|concern(?:s|ed|ing)?(?: for| of| about| with| that| over| regarding)|suggest(?:ive|s|ing)"
    r"|(?:a )?question(?:able|s)? (?:of|for|about|whether)|questionable|risks?(?: of| for)?"
    r"|(?:watch\w*|monitor\w*|alert) (?:out )?for|(?<!as\s)if|whether|in case of|unless|fear\w*"
    r"|worr(?:y|ied|ies) (?:about|that)|equivocal|rather than|instead of|versus|vs\.?"
    r"|prevent\w*|(?:could|may|might) (?:be|have|represent|indicate|suggest|develop|cause|lead)"
    r"|differential(?: diagnos[ie]s)?)\b"
)
_ENDS_FEAR = LazyPattern(
    r"[;:]|\b(?:but|however|although|though|while|whereas|with|because|due to|after|despite"
    r"|which|who)\b"
    r"|(?:,|\band\b) (?:[\w/+'%-]+ ){0,4}?(?:was|were|is|are|had|has|have|showed|shows|reported"
    r"|complained|noted|revealed|reports|complains)\b"
)
_FEARED_AFTER = LazyPattern(
    r"[^.;,:]{0,40}?\b(?:(?:is|was|are|were) (?:only )?(?:suspected|possible|questioned|feared"
    r"|questionable|equivocal|to be (?:ruled out|excluded))|should be (?:ruled out|excluded)"
    r"|(?:has|have) to be (?:ruled out|excluded)|(?:cannot|could not) be (?:ruled out|excluded)"
    r"|develops?|occurs?|recurs?)\b"
)
# A treatment or a study was refused, or is only needed or expected.
_UNWANTED = LazyPattern(
    r"\b(?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|al|ing)|needs?|deferr?\w*|postpon\w+|hesita\w+"
    r"|reluctan\w+|afraid|(?:may|might|could|will) (?:need|require|benefit|have|try|be)"
    r"|not interested in|(?:does|did) not (?:want|wish)|not (?:wish|want)|candidate for"
    r"|contemplat\w+|hop(?:es|ing) for)"
    r"(?: (?:to|from|for|of|in|have|undergo|try|use|take|wear|attend))*"
    r"(?: (?!and\b|but\b)[\w-]+){0,3}? \Z"
)
_NOT_RECEIVED = LazyPattern(
    r"[^;:]{0,80}?(?:\b(?:has|have|had|was|were|did|is)(?: not|n['\u2019]t| never)"
    r"|\bnot yet|\bnever)"
    r"(?: (?:yet|been|ever))*"
    r" (?:received?|delivered|dispensed|obtain(?:ed)?|filled|picked up|started|start|provided"
    r"|arrived|come|begun|supplied|fitted|attend(?:ed)?|gone)"
    r"(?: (?:it|them|one|this|yet|so far|any|up))*(?=[.,;]|$| because| due| and| since| as)"
    r"|[^;:.]{0,40}?\b(?:was|were|which (?:she|he)|but (?:she|he)|and (?:she|he)|she|he)"
    r" (?:\w+ )?(?:declined|refused|deferred|postponed|cancell?ed)\b"
)


def is_hypothetical(each: Statement) -> bool:
    """Whether a thing is only feared, expected or refused; documents are always there."""
    if each.thing.sort in ("document", "examination"):
        return False
    low, (start, end) = each.low, each.sentence.span
    first, last = each.mention.span
    ends = [match.end() for match in _FEARED.finditer(low, start, first)]
    if ends and not _ENDS_FEAR.search(low, ends[-1], first):
        return True
    if _FEARED_AFTER.match(low[:end], last):
        return True
    if each.thing.sort not in _DONE_SORTS:
        return False
    if _UNWANTED.search(low[start:first]):
        return True
    return _NOT_RECEIVED.match(low[: end + 70], last) is not None


_FOUND = LazyPattern(
    r"\b(?:exam\w*|test(?:ed|ing)|palpat\w+|objective\w*|found|elicited|inspection|provo\w+)\b"
)
_REPORTED = LazyPattern(
    r"\b(?:report(?:s|ed|ing)|complain\w*|states?|stated|admit(?:s|ted)|endors\w+|subjective\w*"
    r"|describ(?:es|ed)|feels?|felt|history of|at night|at times|in the mornings?|sometimes"
    r"|last (?:week|month|night)|at the end of (?:the|a|each|her|his) (?:day|shift)|occasional\w*"
    r"|intermittent\w*|after (?:work\w*|activit\w+|standing|walking|exercise)|with activit\w+"
    r"|off and on|on and off)\b"
)


def is_found(each: Statement) -> bool:
    """Whether a sentence is about an examination or a test, in its own words."""
    return _FOUND.search(_sentence(each)) is not None


def is_reported(each: Statement) -> bool:
    """Whether a sentence only reports a thing, as the worker feels it at times."""
    words = _sentence(each)
    return _REPORTED.search(words) is not None and not _FOUND.search(words)


_NOW = LazyPattern(
    r"\b(?:now|current(?:ly)?|at present|presently|no longer|today|at this time|any ?more"
    r"|as of (?:the )?(?:last|latest|most recent)|is being|are being|on follow-?up)\b"
)
_EARLIER = LazyPattern(
    r"\b(?:at first|first (?:visit|exam\w*|evaluation|seen)|initial(?:ly)?|originally"
    r"|once(?! (?:an?|per|every|daily|or)\b)"
    r"|formerly|used to|at the time of (?:the )?(?:injury|accident)|right after the (?:injury"
    r"|accident)|in the emergency (?:room|department)|early on"
    r"|since resolved|last (?:week|month)|until (?:19|20)\d\d)\b"
)
_PAST = LazyPattern(
    r"\b(?:tried|was|were|had|stopped|discontinued|weaned|previous\w*|prior|past|once|took"
    r"|completed|until)\b"
)


def is_now(each: Statement) -> bool:
    """Whether a sentence is about the present state only."""
    return _NOW.search(_sentence(each)) is not None


def is_earlier(each: Statement) -> bool:
    """Whether a sentence is about the first days of the claim."""
    return _EARLIER.search(_sentence(each)) is not None


def is_past(each: Statement) -> bool:
    """Whether a sentence is about treatment that may have ended."""
    return _PAST.search(_sentence(each)) is not None


def _sentence(each: Statement) -> str:
    return each.low[slice(*each.sentence.span)]
