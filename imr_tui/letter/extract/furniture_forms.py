"""What page numbers, fax headers and running headers look like, line by line."""

import re
from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """What a line looks like, the surest form first; the value is what a report calls it."""

    FAX = "fax header"
    STAMP = "fax stamp"
    PAGE_OF = "page number, as in Page 3 of 7"
    PAGE = "page number, as in Page 3 or - 3 -"
    CASE_NUMBER = "running header with the case number"
    NUMBER = "page number without a word"
    NOTICE = "confidentiality notice"
    RUNNING = "running header"


@dataclass(frozen=True)
class Mark:
    """A line that is page furniture if it stands where such lines do."""

    form: Form
    """What it looks like."""
    page: int | None
    """The number of the page that it names."""
    template: str
    """Its words without their numbers, which the lines of other pages share."""


LONGEST = 150
"""Characters that a line of furniture has at most."""

_MOST_IN_LOWER_CASE = 4
"""Words in lower case that such a line has at most, unless it is a notice."""

_DIGITS = re.compile(r"\d+")
_N = r"(?P<page>\d{1,3})"
_TOTAL = r"\s?(?:of|/)\s?(?P<total>\d{1,3})"
_WORD = r"(?:page|pg\.?|p\.)\s?[|:#-]?\s?"
_PAGE_OF = re.compile(rf"\W*{_WORD}{_N}{_TOTAL}\W*", re.I)
_PAGE_WORD = re.compile(rf"\W*{_WORD}{_N}\W*", re.I)
_PAGES = (
    _PAGE_WORD,
    re.compile(rf"{_N}\s?\|\s?page", re.I),
    re.compile(rf"(--?|[\u2013\u2014~*|])\s?{_N}\s?\1"),
)
_NUMBER = re.compile(rf"\[?{_N}\]?(?:{_TOTAL})?", re.I)
_LAST_PAGE = re.compile(rf"(?:^|\W)(?:{_WORD})?{_N}(?:{_TOTAL})?\W*$", re.I)

_CASE_NUMBER = re.compile(r"\b[A-Z]{2,3}\d{2}-\d{5,8}\b")
_LABELS = re.compile(
    r"guideline:|rationale:|\b(?:upheld|overturned)\b|how the imr final|clinical case summary"
    r"|imr issues|licensure:|specialty:|set forth below",
    re.I,
)
_HEADER = re.compile(
    r"Case Number:|Date Assigned:|Date of Injury:|Decision Date:|UR Denial Date:|Priority:"
    r"|Application(?: Received:)?"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SIGNS = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b"
        rf"|\b{_MONTH}\s?\d{{1,2}}[.,]?\s\d{{4}}|\b\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}}",
        r"\b\d{1,2}:\d\d(?::\d\d)?(?!\d)",
        r"\b(?:right)?fax\b|\bfacsimile\b",
        r"\+?\b\d{10,11}\b|\(?\b\d{3}\)?[-. ]\s?\d{3}[-.]\d{4}\b",
        r"\bfrom\s?:",
        r"\bto\s?:",
        r"->|=>|→",
        r"^(?:received|rcvd|sent|transmitted)\b[^:]{0,20}:?",
    )
]
"""What a fax machine prints, each of them once: the day, the time, who sends and who receives."""
_FAX_PAGE = re.compile(rf"\b(?:page|pg\.?|p\.?)\s?:?\s?{_N}(?:{_TOTAL})?(?!\S)", re.I)
_FAX_WORDS = frozenset(
    ("of", "to", "from", "at", "by", "no", "via", "am", "pm", "page", "pages", "pg", "fax", "tel")
)
_TITLE_WORDS = frozenset(("of", "for", "the", "and", "in", "page", "no", "re"))
_CONFIDENTIAL = re.compile(r"\b(?:confidential|privileged)\b", re.I)
_COUNTED = re.compile(
    r"\b(?:items?|issues?|requests?|visits?|sessions?|levels?|grades?|phases?|weeks?|days?|no)\b",
    re.I,
)
"""What text numbers, so that a heading with the next number is no sign of a page."""


def mark_of(words: str) -> Mark | None:
    """What the line `words`, single-spaced, may be; None for one that is certainly text."""
    if not words or len(words) > LONGEST or _is_prose(words) or _LABELS.search(words):
        return None
    found = _page_number(words) or _fax(words) or _running(words)
    return Mark(*found, _DIGITS.sub("#", words.casefold())) if found else None


def _is_prose(words: str) -> bool:
    """Whether a line is prose at first sight, as most lines are."""
    is_prose = sum(map(str.islower, words.split())) > _MOST_IN_LOWER_CASE
    return is_prose and not _CONFIDENTIAL.search(words)


def _page_number(words: str) -> tuple[Form, int] | None:
    if (match := _PAGE_OF.fullmatch(words)) and int(match["page"]) <= int(match["total"]):
        return Form.PAGE_OF, int(match["page"])
    if match := next(filter(None, (each.fullmatch(words) for each in _PAGES)), None):
        return Form.PAGE, int(match["page"])
    match = _NUMBER.fullmatch(words)
    if match and int(match["page"]) <= int(match["total"] or 999):
        return Form.NUMBER, int(match["page"])
    return None


def _fax(words: str) -> tuple[Form, int | None] | None:
    """A line that a fax machine has printed, which has no words of a sentence."""
    signs = sum(pattern.search(words) is not None for pattern in _SIGNS)
    if signs < 2 or _has_prose(words, _FAX_WORDS):
        return None
    page = _FAX_PAGE.search(words)
    if page and (signs > 2 or page["total"]):
        return Form.FAX, int(page["page"])
    is_stamp = _SIGNS[1].search(words) and (signs > 2 or page)
    return (Form.STAMP, int(page["page"]) if page else None) if is_stamp else None


def _running(words: str) -> tuple[Form, int | None] | None:
    """A line that may stand on every page: a name, a title or a notice, with a number or not."""
    if words[0].islower() or words.endswith((":", "?", ",", ";", "-")):
        return None
    if _CONFIDENTIAL.search(words):
        return Form.NOTICE, None
    if _has_prose(words, _TITLE_WORDS):
        return None
    number = _CASE_NUMBER.search(words)
    rest = words[: number.start()] + words[number.end() :] if number else words
    last = _LAST_PAGE.search(rest)
    page = int(last["page"]) if last else None
    if page is None and _HEADER.match(words):
        return None
    if number:
        is_paged = _PAGE_OF.fullmatch(rest) or _PAGE_WORD.fullmatch(rest)
        return (Form.PAGE_OF if is_paged else Form.CASE_NUMBER), page
    is_heading = words.endswith(".") or (page is not None and _COUNTED.search(words))
    return None if is_heading else (Form.RUNNING, page)


def _has_prose(words: str, known: frozenset[str]) -> bool:
    """Whether the line has words in lower case that such lines do not have."""
    return any(word not in known for word in re.findall(r"\b[a-z]{2,}\b", words))
