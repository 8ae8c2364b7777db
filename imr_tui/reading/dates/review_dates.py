"""Finds the dates that a text gives for the utilization review."""

from functools import lru_cache

from imr_tui.reading.dates.date_context import words_around
from imr_tui.reading.dates.dates import DateMention, dates
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

_REVIEW = (
    r"(?:utili[sz]ation[\s-]+review(?:er)?|(?<![\w/])ur(?![\w/])"
    r"|(?:prior|previous|initial|original|underlying) (?:utili[sz]ation )?"
    r"(?:review|determination|denial|adverse determination|non-?certification)"
    r"|adverse determination|non-?certification (?:letter|decision|determination)"
    r"|(?:physician|medical) advisor's(?= (?:report|determination|decision|denial))"
    r"|notice of (?:non-?certification|denial))"
)
_DECIDER = (
    rf"(?:{_REVIEW}|claims? (?:administrator|adjuster|examiner)(?:'s)?|carrier|insurer|insurance"
    r" (?:company|carrier)|(?:physician|medical) advisor|peer (?:review(?:er)?|physician)"
    r"|physician reviewer|reviewing physician)"
)
_DOCUMENT_WORDS = (
    r"(?:report|review|board|determination|decision|denial|letter|notice|documentation|form|note"
    r"|response|reviewer(?:'s)?|physician(?:'s)?|advisor(?:'s)?|non-?certification|modification"
    r"|process)"
)
_DENIED = (
    r"(?:non-?\s?(?:certif|authoriz|approv)\w+|den(?:ied|ying|y|ial)|modif\w+"
    r"|(?:not|never) (?:been )?(?:certif|approv|authoriz|recommend)\w+|advised against"
    r"|recommended (?:non-?\s?certification|denial|against|modif\w+)|refused|rejected|withheld"
    r"|fail(?:ed|ing)? to (?:approve|certify|authorize)|declined|determined|upheld|delayed"
    r"|(?:partially|conditionally) (?:certif|approv|authoriz)\w+|disapprov\w+"
    r"|certified with modification)"
)
_ON = r"(?:dated |on |as of |\(\s*)"
# a utilization review report dated X; a prior denial was made on X
_REVIEW_BEFORE = LazyPattern(
    rf"(?<!appealed\s)(?<!appealed\sthe\s)(?<!appealing\sthe\s)(?<!earlier\s)\b{_REVIEW}"
    rf"(?: {_DOCUMENT_WORDS})*(?:\s*\([\w\s]{{1,40}}\))?(?: {_DOCUMENT_WORDS})*\s*[,(:]?\s*"
    r"(?:(?:was|is|were|had been) )?"
    r"(?:(?:made|rendered|issued|performed|completed|dated|signed|given|provided|conducted|done"
    r"|sent)\s*,? )?(?:dated |on |of |from |date(?: of)?(?: was)?\s*|as of |:\s*|\(\s*)*$",
)
# non-certified by utilization review on X; denied certification on X
_DENIED_BEFORE = LazyPattern(
    rf"\b{_DENIED}\b(?P<by> (?:by|in|per|at|through) (?:the )?(?:[\w-]+ ){{0,2}}?{_DECIDER})?"
    rf"(?: (?:{_DOCUMENT_WORDS}|certification|authorization|coverage))*\s*,?\s*{_ON}+$",
)
_REVIEWED_BY = LazyPattern(
    rf"{_DECIDER}|previously {_DENIED}|been {_DENIED}|non-?\s?(?:certified|authorized)"
    r"|\b(?:the|this|these) requests? (?:was|were) denied on ",
)
# in the determination of X (by utilization review)
_DETERMINED_BEFORE = LazyPattern(
    r"\b(?:determination|decision|review|letter),? (?:dated |of |on )+$"
)
# (denied on X) by utilization review
_BY_AFTER = LazyPattern(rf"^\)?,? (?:by|in|per|through) (?:the )?(?:\w+ )?{_DECIDER}")
_DECIDED = (
    rf"(?:{_DENIED}|found|issued|rendered|did not|would not|refused|decided|concluded|stated)"
)
_REVIEWER = (
    rf"{_DECIDER}(?:'s)?(?: (?:{_DOCUMENT_WORDS}|organization|doctor|company))*"
    r"(?: (?:for|of) the (?:carrier|insurer|claims administrator|administrator))?"
)
_GRANTED = r"(?:certified|authorized|approved|allowed|granted|gave)"
_NO_OTHER = (
    r"(?:(?!\b(?:dated|received|submitted|signed|ordered|requested|performed|seen|visit|note|but"
    r"|report|reviewed|appeal\w*|and was|which was)\b)[^.;\d])"
)
# UR denied the request for an MRI on X; the peer reviewer did not approve it on X
_REVIEW_DENIED_BEFORE = LazyPattern(
    rf"\b{_REVIEWER} (?:\w+ly |had |has )?{_DECIDED}\b(?: \d+ (?:hours|sessions|visits|units))?"
    rf"{_NO_OTHER}{{0,200}}? on $",
)
# UR certified 80 hours on X (and denied the rest)
_REVIEW_GRANTED_BEFORE = LazyPattern(
    rf"\b{_REVIEWER} (?:\w+ly |had |has )?{_GRANTED}\b(?: \d+ (?:hours|sessions|visits|units))?"
    rf"{_NO_OTHER}{{0,200}}? on $",
)
_REST_DENIED = LazyPattern(
    rf"^\)?,? (?:and|but|while) (?:it )?{_DENIED}[^.;\d]{{0,80}}(?:[.;]|$)",
)
# On X, utilization review certified four sessions and denied the rest, or certified none
_REVIEW_GRANTED_AFTER = LazyPattern(
    rf"^\)?\s*,? (?:the |an? |its )?{_REVIEWER} (?:\w+ly |had |has |then ){{0,2}}?{_GRANTED}\b"
    rf"[^.;]{{0,200}}?\b(?:{_DENIED}|none|neither|nothing|no )",
)
# Utilization review, by letter of X; UR certified neither in its decision of X
_REVIEW_LETTER_BEFORE = LazyPattern(
    rf"\b{_REVIEWER}{_NO_OTHER}{{0,80}}?\b(?:by|in|per|with) (?:an? |the |its |their |his |her )?"
    r"(?:decision|determination|letter|notice|denial)(?: date)?(?: of| dated| on)+ $",
)
# the denial letter is dated X; the utilization review denial in question was made on X
_DENIAL_BEFORE = LazyPattern(
    r"(?<!appealed\s)(?<!appealed\sthe\s)(?<!appealing\sthe\s)(?<!earlier\s)"
    rf"\b(?:(?:denial|non-?certification|{_REVIEW})"
    rf"(?: {_DOCUMENT_WORDS})*(?: (?:at issue|in question|in dispute|under review|letter))?"
    r"(?:,? (?:is|was|were|has|had|been|made|issued|sent|dated|with an? decision date|bears the"
    r" date|carries the date|came|of|on|took place))+)[\s,(:]*$",
)
# the request was reviewed on X and denied
_REVIEWED_BEFORE = LazyPattern(
    r"\b(?:previously |first |initially |already )?reviewed(?: by [^.;\d]{1,60}?)? on $",
)
_THEN_DENIED = LazyPattern(
    rf"^\)?,? (?:and|but|which|then)(?: it)?(?: was| were)?(?: then)? {_DENIED}"
)
# On X, utilization review non-certified; on X, the physician advisor did not approve
_REVIEW_AFTER = LazyPattern(
    rf"^\)?\s*,? (?:the |an? |its |a )?(?:original |prior |initial )?{_REVIEWER}"
    rf"(?:\s*\([\w\s]{{1,40}}\))? (?:\w+ly |had |has |physician |then ){{0,2}}?{_DECIDED}\b",
)
# the X UR decision
_REVIEW_OF_DAY = LazyPattern(rf"^ {_REVIEW}(?: {_DOCUMENT_WORDS})+\b")
# On X, a request for an MRI was denied by utilization review
_REQUEST_AFTER = LazyPattern(
    r"^\)?\s*,? (?:the |an? |this |these |all )?(?:requests? for authorization |requests?\b"
    r"|requested )(?:for|of)?"
    r"(?:(?!\b(?:request\w*|submitted|received|signed|dated)\b)[^.;]){1,500}?\b(?:was|were) "
    rf"{_DENIED}\b[^.;]{{0,20}}?\b(?:by|at the level of|in|through|at) (?:the )?{_DECIDER}"
    r"(?!\s*(?:on|dated|,?\s*\())",
)
_OTHER_EVENT_BEFORE = LazyPattern(
    r"\b(?:rfa|request(?:s|ed)? for authorization|date of service|received|submitted|signed"
    r"|appeal(?:ed)?)\b[^.;]*$",
)


# The physical therapy report reviewed by Utilization Review was dated X
_READ_BY_REVIEW = LazyPattern(
    r"\b(?:reports?|notes?|records?|rfa|form|request(?: for authorization)?|documents?|letter)\b"
    r"[^.;\d]{0,40}?\b(?:reviewed|considered|read|received|cited|referenced|seen|used|noted"
    rf"|available|submitted|provided|sent) (?:by|to|in|for) (?:the )?{_REVIEW}[^.;\d]{{0,40}}$",
)
# The request was received by Utilization Review on X
_SENT_TO_REVIEW = LazyPattern(
    rf"\b(?:received|sent|submitted|forwarded|faxed|transmitted|reached) (?:by|to|at|in) (?:the )?"
    rf"{_REVIEW}(?: department| unit| nurse)?(?: on| dated|,)* \(?$",
)
_FORMS_BEFORE = (
    _REVIEW_BEFORE,
    _REVIEW_DENIED_BEFORE,
    _REVIEW_LETTER_BEFORE,
    _DENIAL_BEFORE,
)
_FORMS_AFTER = (_REVIEW_AFTER, _REVIEW_GRANTED_AFTER, _REVIEW_OF_DAY, _REQUEST_AFTER)


@lru_cache(maxsize=CACHE_SIZE)
def review_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of the utilization review, ignoring those of requests and visits."""
    return tuple(each for each in dates(text) if _is_review(text, each))


# Without one of these before or after a date, no words call the event a review.
_HINTS = (
    *("utili", "ur ", "ur(", "ur-", "ur'", "review", "deni", "deny", "certif", "determin"),
    *("adjuster", "examiner", "recommend"),
    *("administrator", "carrier", "insur", "advisor", "authoriz", "notice", "decision", "modif"),
    *("approv", "declin", "upheld", "delay", "advised", "refus", "reject", "withheld", "peer"),
)


def _is_review(text: str, mention: DateMention) -> bool:
    before, after = words_around(text, mention)
    close = before[-260:]
    if not _hints_at_review(close):
        return _is_review_after(close, after)
    if _READ_BY_REVIEW.search(close) or _SENT_TO_REVIEW.search(close):
        return False
    if any(form.search(close) for form in _FORMS_BEFORE):
        return True
    if _REVIEW_GRANTED_BEFORE.search(close):
        return _REST_DENIED.match(after) is not None
    if _REVIEWED_BEFORE.search(close):
        return _THEN_DENIED.match(after) is not None
    if denied := _DENIED_BEFORE.search(close):
        said = close[max(0, denied.start() - 160) : denied.end()]
        return bool(denied["by"] or _REVIEWED_BY.search(said) or _BY_AFTER.match(after))
    if _DETERMINED_BEFORE.search(close) and _BY_AFTER.match(after):
        return True
    return _is_review_after(close, after)


def _hints_at_review(words: str) -> bool:
    return any(hint in words for hint in _HINTS)


def _is_review_after(close: str, after: str) -> bool:
    if not _hints_at_review(after) or _OTHER_EVENT_BEFORE.search(close[-60:]):
        return False
    return any(form.match(after) for form in _FORMS_AFTER)
