"""Finds the dates that a text gives for the injury and for the utilization review."""

import re
from functools import lru_cache

from imr_tui.reading.dates import DateMention, dates
from imr_tui.reading.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.sentences import sentence_at

_CONTEXT = 300
"""Number of characters to examine before a date."""

# Words allowed between an event and its date.
_LINK = (
    r"(?:\s*[:,-]\s*| )(?:(?:is|was|of|on|from|dated|date|occurring|occurred|beginning|sustained"
    r"|the|day|both|which|that|his|her|their|(?:reported|listed|noted|documented) as) |\(\s*)*"
)
_WORK = (
    r"(?:industrial(?:ly)?|occupational|work(?:place)?|job|on-the-job|employment)"
    r"(?:[\s-]*(?:work|related|type))*"
)
_HARM = (
    r"(?:struck|hit|held up|assaulted|attacked|punched|kicked|robbed|involved in|fell|slipped"
    r"|tripped|hurt|crushed|burned|bitten|thrown|rear-ended|run over|pinned|electrocuted)"
)
_INJURY_BEFORE = LazyPattern(
    r"(?:\b(?:date|day) of (?:the )?(?:industrial |work )?(?:injury|accident|loss)"
    r"(?:\s*\(\s*doi\s*\))?|\bd\.?o\.?i\b\.?|\binjury date\b"
    rf"|\b{_WORK}[\s-]+(?:injur(?:y|ies)|accident|incident|claim|trauma|fall|exposure)(?: date)?"
    r"|\b(?:sustain|suffer|incurr)(?:ed|s|ing) (?:an? |the |his |her |multiple )?"
    r"(?:(?!prior|previous|non)[\w-]+ ){0,3}?injur(?:y|ies)"
    r"|\breport(?:ed|s|ing) an? (?:(?!prior|previous|non)[\w-]+ ){0,3}?injur(?:y|ies)"
    r"|\b(?:with|had|has|having) an? injury"
    r"|\b(?:(?:was|were|been|got) )?(?:industrially )?(?:injured|hurt)"
    r"(?: (?:at work|on the job|in the course of \w+))?"
    r"|\binjured (?:his|her|the|their) [\w\s,/-]{1,60}?"
    r"|\bclaim(?:ed)? (?:of |an? )?(?:\w+ )?injury|\balleg\w+ an? (?:\w+ ){0,3}injury"
    r"|\b(?:injured|hurt) (?:himself|herself)"
    rf"|\b(?:who|he|she) (?:was |got )?{_HARM}\b[^.;\d]{{0,120}}?(?= on\s)"
    r"|\b(?:the|his|her) (?:\w+ )?(?:injury|accident) (?:occurred|happened|took place))"
    # to the low back and the left knee
    r"(?: at work)?(?:\s*,)?(?: (?:to|of|involving|affecting) (?:the |his |her |their )?"
    r"[\w\s,/&-]{1,80}?(?= (?:on|dated|of)\s))?"
    rf"{_LINK}$",
    re.IGNORECASE,
)
_OPENS = LazyPattern(r"(?:^|\b(?:on|on or about|dated) |,\s*)$", re.IGNORECASE)
# On X the worker sustained an injury
_INJURY_AFTER = LazyPattern(
    r"^\)?,? (?:at work,? )?(?:when |while \w+ )?(?:the |this )?"
    r"(?:injured worker|worker|patient|claimant|applicant|employee|he|she) "
    r"(?:was (?:industrially )?(?:injured|hurt)|(?:sustained|suffered|incurred) (?:an? |the )?"
    rf"(?:\w+ ){{0,2}}?(?:{_WORK} )?injur)",
    re.IGNORECASE,
)
# with an X date of injury; due to the X industrial injury
_ARTICLE = LazyPattern(r"\b(?:an?|the|this|that|his|her|their) $", re.IGNORECASE)
_INJURY_OF_DAY = LazyPattern(
    rf"^\)? (?:date of injury|{_WORK}[\s-]+(?:injury|accident|incident))\b(?! (?:report|form)\b)",
    re.IGNORECASE,
)
_OTHER_INJURY = LazyPattern(
    r"\b(?:prior|previous(?:ly)?|(?<!year.)(?<!years.)(?<!y.)old|earlier|past|former|second|third"
    r"|another|other|different|new|newer|subsequent|separate|non-?industrial|non-?work|re-?injur\w*"
    r"|repeat|additional|unrelated|motor vehicle|surgery|operation|until|through|reports? of)\b",
    re.IGNORECASE,
)

_REVIEW = (
    r"(?:utili[sz]ation[\s-]+review(?:er)?|(?<![\w/])UR(?![\w/])"
    r"|(?:prior|previous|initial|original|underlying) (?:utili[sz]ation )?"
    r"(?:review|determination|denial|adverse determination|non-?certification)"
    r"|adverse determination|non-?certification (?:letter|decision|determination)"
    r"|notice of (?:non-?certification|denial))"
)
_DECIDER = rf"(?:{_REVIEW}|claims? (?:administrator|adjuster)(?:'s)?|carrier|insurer)"
_DOCUMENT_WORDS = (
    r"(?:report|review|board|determination|decision|denial|letter|notice|documentation|form|note"
    r"|response|reviewer|physician|advisor|non-?certification|modification|process)"
)
_DENIED = (
    r"(?:non-?\s?certif\w+|den(?:ied|ying|y|ial)|modif\w+|not (?:certif|approv|authoriz)\w+"
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
    re.IGNORECASE,
)
# non-certified by utilization review on X; denied certification on X
_DENIED_BEFORE = LazyPattern(
    rf"\b{_DENIED}\b(?P<by> (?:by|in|per|at|through) (?:the )?(?:[\w-]+ ){{0,2}}?{_DECIDER})?"
    rf"(?: (?:{_DOCUMENT_WORDS}|certification|authorization|coverage))*\s*,?\s*{_ON}+$",
    re.IGNORECASE,
)
_REVIEWED_BY = LazyPattern(
    rf"{_REVIEW}|claims? administrator|previously {_DENIED}|been {_DENIED}|non-?\s?certified",
    re.IGNORECASE,
)
# in the determination of X (by utilization review)
_DETERMINED_BEFORE = LazyPattern(
    r"\b(?:determination|decision|review|letter),? (?:dated |of |on )+$", re.IGNORECASE
)
# (denied on X) by utilization review
_BY_AFTER = LazyPattern(
    rf"^\)?,? (?:by|in|per|through) (?:the )?(?:\w+ )?{_DECIDER}", re.IGNORECASE
)
# UR denied the request for an MRI on X
_REVIEW_DENIED_BEFORE = LazyPattern(
    rf"\b{_DECIDER}(?: {_DOCUMENT_WORDS})? (?:\w+ly |had |has )?{_DENIED} "
    r"(?:them|it|both|all|(?:the|this|these|an?) "
    r"(?:(?!\b(?:dated|received|submitted|signed|ordered|requested|performed|seen|visit|note)\b)"
    r"[^.;\d]){0,200}?) on $",
    re.IGNORECASE,
)
# On X, utilization review non-certified
_REVIEW_AFTER = LazyPattern(
    rf"^\)?\s*,? (?:the |an? )?(?:original |prior |initial )?{_DECIDER}(?: {_DOCUMENT_WORDS})*"
    rf"(?:\s*\([\w\s]{{1,40}}\))? (?:\w+ly |had |has |physician ){{0,2}}?{_DENIED}",
    re.IGNORECASE,
)
# the X UR decision
_REVIEW_OF_DAY = LazyPattern(rf"^ {_REVIEW}(?: {_DOCUMENT_WORDS})+\b", re.IGNORECASE)
# On X, a request for an MRI was denied by utilization review
_REQUEST_AFTER = LazyPattern(
    r"^\)?\s*,? (?:the |an? )?(?:requests? for authorization |requests? |requested )(?:for|of)?\b"
    r"(?:(?!\b(?:request\w*|submitted|received|signed|dated)\b)[^.;]){1,500}?\b(?:was|were) "
    rf"{_DENIED}\b[^.;]{{0,20}}?\bby (?:the )?(?:{_REVIEW}|claims? administrator)"
    r"(?!\s*(?:on|dated|,?\s*\())",
    re.IGNORECASE,
)
_OTHER_EVENT_BEFORE = LazyPattern(
    r"\b(?:rfa|request(?:s|ed)? for authorization|date of service|received|submitted|signed"
    r"|appeal(?:ed)?)\b[^.;]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=CACHE_SIZE)
def injury_dates(text: str) -> tuple[DateMention, ...]:
    """The dates that `text` gives for the worker's injury, ignoring other injuries."""
    return tuple(each for each in dates(text) if _is_injury(text, each))


@lru_cache(maxsize=CACHE_SIZE)
def review_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of the utilization review, ignoring those of requests and visits."""
    return tuple(each for each in dates(text) if _is_review(text, each))


def _context(text: str, mention: DateMention) -> tuple[str, str]:
    """The words before and after a date in its sentence, single-spaced."""
    sentence = sentence_at(text, mention.span[0])
    start, end = mention.span
    before = " ".join(text[max(sentence.start, start - _CONTEXT) : start].split())
    after = text[end : min(max(sentence.span[1], end), end + 3 * _CONTEXT)]
    spaced = " ".join(after.split())
    return f"{before} ", f" {spaced}" if after[:1].isspace() else spaced


def _is_injury(text: str, mention: DateMention) -> bool:
    before, after = _context(text, mention)
    found = _INJURY_BEFORE.search(before, max(0, len(before) - 200))
    if found is not None:
        return not _OTHER_INJURY.search(before, max(0, found.start() - 40))
    if _OTHER_INJURY.search(after[:80]):
        return False
    opens = not before.strip() or _OPENS.search(before) is not None
    if _INJURY_OF_DAY.match(after):
        return opens or _ARTICLE.search(before) is not None
    return opens and _INJURY_AFTER.match(after) is not None


def _is_review(text: str, mention: DateMention) -> bool:
    before, after = _context(text, mention)
    close = before[-260:]
    if _REVIEW_BEFORE.search(close) or _REVIEW_DENIED_BEFORE.search(close):
        return True
    if denied := _DENIED_BEFORE.search(close):
        said = close[max(0, denied.start() - 160) : denied.end()]
        return bool(denied["by"] or _REVIEWED_BY.search(said) or _BY_AFTER.match(after))
    if _DETERMINED_BEFORE.search(close) and _BY_AFTER.match(after):
        return True
    if _OTHER_EVENT_BEFORE.search(close[-60:]):
        return False
    forms = (_REVIEW_AFTER, _REVIEW_OF_DAY, _REQUEST_AFTER)
    return any(form.match(after) for form in forms)
