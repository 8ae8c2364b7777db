"""Which of a text's days are said to be the injury's, and which the utilization review's."""

import re
from collections.abc import Iterator
from functools import lru_cache

from imr_tui.reading.dates import Dated, dates
from imr_tui.reading.sentences import KEPT, Sentence, around
from imr_tui.reading.wording import Wording

NEAR = 300
"""Characters before a day that are looked at."""

_LINK = (
    r"(?:\s*[:,-]\s*|\s+)(?:(?:is|was|of|on|from|dated|date|occurring|occurred|beginning"
    r"|the|day|both|reported\s+as|listed\s+as|noted\s+as|documented\s+as|which|that|his|her"
    r"|their)\s+|\(\s*)*"
)
_WORK = (
    r"(?:industrial(?:ly)?|occupational|work(?:place)?|job|on-the-job"
    r"|employment)(?:[\s-]*(?:work|related|type))*"
)
# What comes right before the day, in the same sentence.
_INJURY_BEFORE = Wording(
    r"(?:"
    r"\b(?:date|day)\s+of\s+(?:the\s+)?(?:industrial\s+|work\s+)?(?:injury|accident"
    r"|loss)(?:\s*\(\s*doi\s*\))?"
    r"|\bdoi\b|\binjury\s+date\b"
    rf"|\b{_WORK}[\s-]+(?:injur(?:y|ies)|accident|incident|claim|trauma|fall|exposure)(?:\s+date)?"
    r"|\b(?:sustain(?:ed|ing)|suffer(?:ed|ing)|incurr(?:ed|ing))\s+(?:an?\s+|the\s+|his\s+"
    r"|her\s+|multiple\s+)?(?:(?!prior|previous|non)[\w-]+\s+){0,3}?"
    r"injur(?:y|ies)"
    r"|\b(?:was|were|been|got)\s+(?:industrially\s+)?(?:injured|hurt)(?:\s+(?:at|on"
    r"|in)\s+(?:work|the\s+job|the\s+course\s+of\s+\w+))?"
    r"|\binjured\s+(?:his|her|the|their)\s+[\w\s,/-]{1,60}?"
    r"|\bclaim(?:ed)?\s+(?:of\s+|an?\s+)?(?:\w+\s+)?injury"
    r"|\bthe\s+(?:initial\s+)?injury\s+(?:occurred|happened|took\s+place)"
    r")"
    r"(?:\s*,)?(?:\s+(?:to|of|involving|affecting)\s+(?:the\s+|his\s+|her\s+"
    r"|their\s+)?[\w\s,/&-]{1,80}?(?=\s+(?:on|dated|of)\s))?"
    rf"{_LINK}$",
    re.IGNORECASE,
)
_INJURY_BEHIND = Wording(
    r"^\)?,?\s+(?:at\s+work,?\s+)?(?:when\s+|while\s+\w+\s+)?(?:the\s+"
    r"|this\s+)?(?:injured\s+worker|worker|patient|claimant|applicant|employee|he|she)\s+"
    rf"(?:was\s+(?:industrially\s+)?(?:injured|hurt)|(?:sustained|suffered"
    rf"|incurred)\s+(?:an?\s+|the\s+)?(?:\w+\s+){{0,2}}?(?:{_WORK}\s+)?injur)"
    rf"|^\)?\s+(?:date\s+of\s+injury|{_WORK}[\s-]+(?:injury|accident|incident))\b",
    re.IGNORECASE,
)
_ANOTHER = Wording(
    r"\b(?:prior|previous(?:ly)?|(?<!year.)(?<!years.)(?<!y.)old|earlier|past|former|second"
    r"|third|another|other|different|new|newer"
    r"|subsequent|separate|non-?industrial|non-?work|re-?injur\w*|repeat|additional|unrelated"
    r"|motor\s+vehicle"
    r"|surgery|operation|until|through)\b",
    re.IGNORECASE,
)

_REVIEW = (
    r"(?:utili[sz]ation[\s-]+review(?:er)?|(?<![\w/])UR(?![\w/])"
    r"|(?:prior|previous|initial|original|underlying)\s+(?:utili[sz]ation\s+)?(?:review"
    r"|determination|denial|adverse\s+determination|non-?certification)"
    r"|adverse\s+determination|non-?certification\s+(?:letter|decision|determination)"
    r"|notice\s+of\s+(?:non-?certification|denial))"
)
_PAPERS = (
    r"(?:report|review|board|determination|decision|denial|letter|notice|documentation"
    r"|form|note|response|physician|advisor|non-?certification|modification|process)"
)
_DENIED = (
    r"(?:non-?\s?certif\w+|den(?:ied|ying|y|ial)|modif\w+|not\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|fail(?:ed|ing)?\s+to\s+(?:approve|certify|authorize)|(?:partially"
    r"|conditionally)\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|declined|determined|upheld|delayed|disapprov\w+|certified\s+with\s+modification)"
)
# "a utilization review report dated X", "the UR (board) on X", "A prior denial was made on X"
_REVIEW_BEFORE = Wording(
    rf"\b{_REVIEW}(?:\s+(?:{_PAPERS}))*(?:\s*\([\w\s]{{1,40}}\))?(?:\s+(?:{_PAPERS}))*\s*[,(:]?\s*"
    r"(?:(?:was|is|were|had\s+been)\s+)?(?:(?:made|rendered|issued|performed|completed|dated"
    r"|signed|given|provided|conducted|done|sent)\s*,?\s+)?"
    r"(?:dated\s+|on\s+|of\s+|from\s+|date\s+(?:of\s+)?(?:was\s+)?|as\s+of\s+|:\s*|\(\s*)*$",
    re.IGNORECASE,
)
# "non-certified by utilization review on X", "denied certification on X", "had been previously "
"denied on X"
_DENIED_BEFORE = Wording(
    rf"\b(?P<denied>{_DENIED})\b(?P<by>\s+(?:by|in|per|at"
    rf"|through)\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?:{_REVIEW}|claims?\s+administrator"
    rf"|claims?\s+adjuster|carrier|insurer))?"
    rf"(?:\s+(?:{_PAPERS}|certification|authorization|coverage))*\s*,?\s*(?:dated\s+|on\s+"
    rf"|as\s+of\s+|\(\s*)+$",
    re.IGNORECASE,
)
# "UR denied the request for an MRI on X"
_REVIEW_DENIED_BEFORE = Wording(
    rf"\b{_REVIEW}(?:\s+{_PAPERS})?\s+(?:\w+ly\s+|had\s+|has\s+)?{_DENIED}\s+(?:the|this|these"
    rf"|an?)\s+requests?\b"
    r"(?:(?!\b(?:dated|received|submitted|signed)\b)[^.;\d]){0,200}?\s+on\s+$",
    re.IGNORECASE,
)
_REVIEWED_BY = Wording(
    rf"{_REVIEW}|claims?\s+administrator|previously\s+{_DENIED}|been\s+{_DENIED}", re.IGNORECASE
)
# "On X, utilization review non-certified", "On X a request for an MRI was denied by "
"utilization review"
_REVIEW_BEHIND = Wording(
    rf"^\)?\s*,?\s+(?:the\s+|a\s+|an\s+)?(?:original\s+|prior\s+|initial\s+)?(?:{_REVIEW}"
    rf"|claims?\s+administrator(?:'s)?)\b"
    rf"(?:\s+(?:{_PAPERS}))*(?:\s*\([\w\s]{{1,40}}\))?\s+(?:\w+ly\s+|had\s+|has\s+"
    rf"|physician\s+){{0,2}}?{_DENIED}",
    re.IGNORECASE,
)
_REVIEW_OF_DAY = Wording(rf"^\s+{_REVIEW}(?:\s+{_PAPERS})+\b", re.IGNORECASE)  # the X UR decision
_REQUEST_BEHIND = Wording(
    rf"^\)?\s*,?\s+(?:the\s+|a\s+|an\s+)?(?:requests?|request\s+for\s+authorization)\s+(?:for|of)\b"
    rf"(?:(?!\b(?:request\w*|submitted|received|signed|dated)\b)[^.;]){{1,500}}?\b(?:was"
    rf"|were)\s+{_DENIED}\b[^.;]{{0,20}}?\bby\s+(?:the\s+)?(?:{_REVIEW}|claims?\s+administrator)"
    r"(?!\s*(?:on|dated|,?\s*\())",
    re.IGNORECASE,
)
_NOT_ITS_OWN = Wording(
    r"\b(?:rfa|request(?:s|ed)?\s+for\s+authorization|date\s+of\s+service|received|submitted"
    r"|signed|appeal(?:ed)?)\b[^.;]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=KEPT)
def injury_days(text: str) -> tuple[Dated, ...]:
    """The days on which `text` says that the worker was injured; another injury's are left out."""
    return tuple(each for each in _spoken_of(text) if _is_injury(text, each))


@lru_cache(maxsize=KEPT)
def review_days(text: str) -> tuple[Dated, ...]:
    """The days of the utilization review; those of the request and of visits are left out."""
    return tuple(each for each in _spoken_of(text) if _is_review(text, each))


def _spoken_of(text: str) -> Iterator[Dated]:
    yield from dates(text)


def _sides(text: str, dated: Dated) -> tuple[Sentence, str, str]:
    """The sentence of a day, its words before the day, and those behind it."""
    sentence = around(text, dated.span[0])
    start, end = dated.span
    before = " ".join(text[max(sentence.start, start - NEAR) : start].split())
    behind = text[end : min(max(sentence.span[1], end), end + 3 * NEAR)]
    return (
        sentence,
        f"{before} ",
        " " + " ".join(behind.split()) if behind[:1].isspace() else behind,
    )


def _is_injury(text: str, dated: Dated) -> bool:
    _, before, behind = _sides(text, dated)
    found = _INJURY_BEFORE.search(before, max(0, len(before) - 200))
    if found is not None:
        return not _ANOTHER.search(before, max(0, found.start() - 40))
    opens = re.search(r"(?:^|\b(?:on|dated)\s+|,\s*)$", before.strip() + " ", re.IGNORECASE)
    if before.strip() and not opens:
        return False
    return _INJURY_BEHIND.match(behind) is not None and not _ANOTHER.search(behind[:80])


def _is_review(text: str, dated: Dated) -> bool:
    _, before, behind = _sides(text, dated)
    near = before[-260:]
    if _REVIEW_BEFORE.search(near) or _REVIEW_DENIED_BEFORE.search(near):
        return True
    if denied := _DENIED_BEFORE.search(near):
        own = denied["by"] or _REVIEWED_BY.search(near[max(0, denied.start() - 160) : denied.end()])
        return bool(own)
    if _NOT_ITS_OWN.search(near[-60:]):
        return False
    forms = (_REVIEW_BEHIND, _REVIEW_OF_DAY, _REQUEST_BEHIND)
    return any(form.match(behind) for form in forms)
