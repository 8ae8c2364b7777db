"""Finds whether a text advises a taper, or stopping a drug at once."""

import re

from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at, sentences

REACH = 30
"""Characters after advice to stop at once in which a word turns it into a warning."""

_LESS = r"(?:reduc\w+|decreas\w+|discontinu\w+|withdraw\w*|lower\w*|cessation|stop\w*|dose|dosage)"
_SLOW = r"(?:gradual\w*|slow(?:ly)?|step-?\s?wise|incremental\w*)"
_WEANED = LazyPattern(
    r"\b(?:wean\w*|taper\w*|titrat\w+ (?:\w+ ){0,3}?(?:down\w*|off|lower)|down-?titrat\w*"
    r"|detox\w*)\b"
    rf"|\b{_SLOW}\b[^.;]{{0,50}}?\b{_LESS}\b|\b{_LESS}\b[^.;]{{0,50}}?\b{_SLOW}\b"
    # a warning against stopping at once
    r"|\b(?:not|never|avoid\w*|danger\w*|risk\w*|caution\w*|warn\w*|instead of|rather than"
    r"|prevent)\b[^.;]{0,60}?\b(?:abrupt\w*|sudden\w*|at once|withdrawal symptoms?)\b"
    r"|\babrupt(?:ly)?\b[^.;]{0,60}?\b(?:not|never|avoid\w*|danger\w*|risk\w*|contraindicated"
    r"|harm\w*|withdrawal)\b",
    re.IGNORECASE,
)
_NO_WEANING = LazyPattern(
    r"\b(?:no|without(?: an?y?)?|neither|not (?:need|require|call for)) (?:\w+ ){0,3}?"
    r"(?:taper\w*|wean\w*)\b|\b(?:taper\w*|wean\w*) (?:is|are|was|were) not\b",
    re.IGNORECASE,
)
_STOPPED = (
    r"(?:discontinu\w+|stop(?:s|ped|ping)?|ceas\w+|withdrawn|cessation|halt\w*|end(?:s|ed|ing)?"
    r"|terminat\w+|withdraw(?:al|ing)?)"
)
_NOW = (
    r"(?:now|immediately|at once|today|tomorrow|forthwith|right away|abruptly|without (?:any )?"
    r"delay|with immediate effect|as of today|cold turkey)"
)
_AT_ONCE = LazyPattern(
    rf"\b{_STOPPED}\b[^.;,]{{0,40}}?\b{_NOW}\b|\bimmediate(?:ly)? {_STOPPED}\b"
    rf"|\b(?:abrupt(?:ly)?|sudden(?:ly)?) {_STOPPED}\b[^.;,]{{0,40}}? (?:is|was) (?:\w+ )?"
    r"(?:advised|recommended|appropriate|in order|safe)\b",
    re.IGNORECASE,
)
_WARNED = LazyPattern(
    r"\b(?:not|never|avoid\w*|danger\w*|risk\w*|caution\w*|warn\w*|instead of|in place of|rather"
    r" than|cannot|if|unless|no|harm\w*|cause[sd]?|lead\w*|prevent\w*|unsafe|may|can|could)\b"
    r"|against|n['\u2019]t\b",
    re.IGNORECASE,
)
_NOT_STARTED = LazyPattern(
    r"\b(?:(?:has|have|had|was|were|is) (?:not|never) (?:yet )?(?:been )?(?:started|taken|used"
    r"|begun|initiated|dispensed|filled)|never (?:started|took|used|began|filled|taken)|opioid[- ]"
    r"na[i\u00ef]ve|not yet (?:started|taken|begun|dispensed)|(?:new|first|initial"
    r"|first-time) prescription|has not begun|not currently (?:taking|using|on))\b",
    re.IGNORECASE,
)
_FOR_LATER = LazyPattern(
    r"\b(?:post[\s-]*op\w*|after (?:the )?(?:surgery|operation)|trial of|initiat\w+)\b",
    re.IGNORECASE,
)


def is_weaned(text: str) -> bool:
    """Whether a text mentions a taper, or warns against stopping at once."""
    return any(
        _WEANED.search(each.text) and not _NO_WEANING.search(each.text) for each in sentences(text)
    )


def stopped_at_once(text: str) -> tuple[int, int] | None:
    """Offsets of the words that advise to stop at once; None without such advice."""
    for match in _AT_ONCE.finditer(text):
        start = sentence_at(text, match.start()).start
        start = max(start, text.rfind(",", 0, match.start()), text.rfind(";", 0, match.start()))
        if not _WARNED.search(text, start, match.end() + REACH):
            return match.span()
    return None


def is_new(request: str, rationale: str) -> bool:
    """Whether the drug was not taken yet, so that nothing has to be tapered."""
    return bool(_FOR_LATER.search(request) or _NOT_STARTED.search(rationale))
