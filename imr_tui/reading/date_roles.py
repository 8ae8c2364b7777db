"""Which of a text's days are said to be the injury's, and which the utilization review's."""

import re
from functools import lru_cache

from imr_tui.reading.dates import Dated, dates
from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.sentences import KEPT, around

NEAR = 300
"""Characters before a day that are looked at."""

# What may stand between what happened and its day.
_LINK = (
    r"(?:\s*[:,-]\s*| )(?:(?:is|was|of|on|from|dated|date|occurring|occurred|beginning|sustained"
    r"|the|day|both|which|that|his|her|their|(?:reported|listed|noted|documented) as) |\(\s*)*"
)
_WORK = (
    r"(?:industrial(?:ly)?|occupational|work(?:place)?|job|on-the-job|employment)"
    r"(?:[\s-]*(?:work|related|type))*"
)
_HARMED = (
    r"(?:struck|hit|held up|assaulted|attacked|punched|kicked|robbed|involved in|fell|slipped"
    r"|tripped|hurt|crushed|burned|bitten|thrown|rear-ended|run over|pinned|electrocuted)"
)
_INJURY_BEFORE = Wording(
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
    rf"|\b(?:who|he|she) (?:was |got )?{_HARMED}\b[^.;\d]{{0,120}}?(?= on\s)"
    r"|\b(?:the|his|her) (?:\w+ )?(?:injury|accident) (?:occurred|happened|took place))"
    # to the low back and the left knee
    r"(?: at work)?(?:\s*,)?(?: (?:to|of|involving|affecting) (?:the |his |her |their )?"
    r"[\w\s,/&-]{1,80}?(?= (?:on|dated|of)\s))?"
    rf"{_LINK}$",
    re.IGNORECASE,
)
_OPENS = Wording(r"(?:^|\b(?:on|on or about|dated) |,\s*)$", re.IGNORECASE)
# On X the worker sustained an injury
_INJURY_BEHIND = Wording(
    r"^\)?,? (?:at work,? )?(?:when |while \w+ )?(?:the |this )?"
    r"(?:injured worker|worker|patient|claimant|applicant|employee|he|she) "
    r"(?:was (?:industrially )?(?:injured|hurt)|(?:sustained|suffered|incurred) (?:an? |the )?"
    rf"(?:\w+ ){{0,2}}?(?:{_WORK} )?injur)",
    re.IGNORECASE,
)
# with an X date of injury; due to the X industrial injury
_ARTICLE = Wording(r"\b(?:an?|the|this|that|his|her|their) $", re.IGNORECASE)
_INJURY_OF_DAY = Wording(
    rf"^\)? (?:date of injury|{_WORK}[\s-]+(?:injury|accident|incident))\b(?! (?:report|form)\b)",
    re.IGNORECASE,
)
_ANOTHER = Wording(
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
_PAPERS = (
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
_REVIEW_BEFORE = Wording(
    rf"(?<!appealed\s)(?<!appealed\sthe\s)(?<!appealing\sthe\s)(?<!earlier\s)\b{_REVIEW}"
    rf"(?: {_PAPERS})*(?:\s*\([\w\s]{{1,40}}\))?(?: {_PAPERS})*\s*[,(:]?\s*"
    r"(?:(?:was|is|were|had been) )?"
    r"(?:(?:made|rendered|issued|performed|completed|dated|signed|given|provided|conducted|done"
    r"|sent)\s*,? )?(?:dated |on |of |from |date(?: of)?(?: was)?\s*|as of |:\s*|\(\s*)*$",
    re.IGNORECASE,
)
# non-certified by utilization review on X; denied certification on X
_DENIED_BEFORE = Wording(
    rf"\b{_DENIED}\b(?P<by> (?:by|in|per|at|through) (?:the )?(?:[\w-]+ ){{0,2}}?{_DECIDER})?"
    rf"(?: (?:{_PAPERS}|certification|authorization|coverage))*\s*,?\s*{_ON}+$",
    re.IGNORECASE,
)
_REVIEWED_BY = Wording(
    rf"{_REVIEW}|claims? administrator|previously {_DENIED}|been {_DENIED}|non-?\s?certified",
    re.IGNORECASE,
)
# in the determination of X (by utilization review)
_DETERMINED_BEFORE = Wording(
    r"\b(?:determination|decision|review|letter),? (?:dated |of |on )+$", re.IGNORECASE
)
# (denied on X) by utilization review
_BY_BEHIND = Wording(rf"^\)?,? (?:by|in|per|through) (?:the )?(?:\w+ )?{_DECIDER}", re.IGNORECASE)
# UR denied the request for an MRI on X
_REVIEW_DENIED_BEFORE = Wording(
    rf"\b{_DECIDER}(?: {_PAPERS})? (?:\w+ly |had |has )?{_DENIED} "
    r"(?:them|it|both|all|(?:the|this|these|an?) "
    r"(?:(?!\b(?:dated|received|submitted|signed|ordered|requested|performed|seen|visit|note)\b)"
    r"[^.;\d]){0,200}?) on $",
    re.IGNORECASE,
)
# On X, utilization review non-certified
_REVIEW_BEHIND = Wording(
    rf"^\)?\s*,? (?:the |an? )?(?:original |prior |initial )?{_DECIDER}(?: {_PAPERS})*"
    rf"(?:\s*\([\w\s]{{1,40}}\))? (?:\w+ly |had |has |physician ){{0,2}}?{_DENIED}",
    re.IGNORECASE,
)
# the X UR decision
_REVIEW_OF_DAY = Wording(rf"^ {_REVIEW}(?: {_PAPERS})+\b", re.IGNORECASE)
# On X, a request for an MRI was denied by utilization review
_REQUEST_BEHIND = Wording(
    r"^\)?\s*,? (?:the |an? )?(?:requests? for authorization |requests? |requested )(?:for|of)?\b"
    r"(?:(?!\b(?:request\w*|submitted|received|signed|dated)\b)[^.;]){1,500}?\b(?:was|were) "
    rf"{_DENIED}\b[^.;]{{0,20}}?\bby (?:the )?(?:{_REVIEW}|claims? administrator)"
    r"(?!\s*(?:on|dated|,?\s*\())",
    re.IGNORECASE,
)
_NOT_ITS_OWN = Wording(
    r"\b(?:rfa|request(?:s|ed)? for authorization|date of service|received|submitted|signed"
    r"|appeal(?:ed)?)\b[^.;]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=KEPT)
def injury_days(text: str) -> tuple[Dated, ...]:
    """The days on which `text` says that the worker was injured; another injury's are left out."""
    return tuple(each for each in dates(text) if _is_injury(text, each))


@lru_cache(maxsize=KEPT)
def review_days(text: str) -> tuple[Dated, ...]:
    """The days of the utilization review; those of the request and of visits are left out."""
    return tuple(each for each in dates(text) if _is_review(text, each))


def _sides(text: str, dated: Dated) -> tuple[str, str]:
    """The words before a day in its sentence, and those behind it, single-spaced."""
    sentence = around(text, dated.span[0])
    start, end = dated.span
    before = " ".join(text[max(sentence.start, start - NEAR) : start].split())
    behind = text[end : min(max(sentence.span[1], end), end + 3 * NEAR)]
    spaced = " ".join(behind.split())
    return f"{before} ", f" {spaced}" if behind[:1].isspace() else spaced


def _is_injury(text: str, dated: Dated) -> bool:
    before, behind = _sides(text, dated)
    found = _INJURY_BEFORE.search(before, max(0, len(before) - 200))
    if found is not None:
        return not _ANOTHER.search(before, max(0, found.start() - 40))
    if _ANOTHER.search(behind[:80]):
        return False
    opens = not before.strip() or _OPENS.search(before) is not None
    if _INJURY_OF_DAY.match(behind):
        return opens or _ARTICLE.search(before) is not None
    return opens and _INJURY_BEHIND.match(behind) is not None


def _is_review(text: str, dated: Dated) -> bool:
    before, behind = _sides(text, dated)
    close = before[-260:]
    if _REVIEW_BEFORE.search(close) or _REVIEW_DENIED_BEFORE.search(close):
        return True
    if denied := _DENIED_BEFORE.search(close):
        said = close[max(0, denied.start() - 160) : denied.end()]
        return bool(denied["by"] or _REVIEWED_BY.search(said) or _BY_BEHIND.match(behind))
    if _DETERMINED_BEFORE.search(close) and _BY_BEHIND.match(behind):
        return True
    if _NOT_ITS_OWN.search(close[-60:]):
        return False
    forms = (_REVIEW_BEHIND, _REVIEW_OF_DAY, _REQUEST_BEHIND)
    return any(form.match(behind) for form in forms)
