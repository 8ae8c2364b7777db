"""Recognizes page numbers, fax headers and running headers by the form of a line."""

import re
from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """The form of a line, most reliable first; the values are displayed in reports."""

    FAX = "fax header"
    STAMP = "fax stamp"
    PAGE_OF = "page number, as in Page 3 of 7"
    PAGE = "page number, as in Page 3 or - 3 -"
    CASE_NUMBER = "running header with the case number"
    NUMBER = "page number without a word"
    NOTICE = "confidentiality notice"
    RUNNING = "running header"


@dataclass(frozen=True)
class Candidate:
    """A line that may be page furniture, depending on its position."""

    form: Form
    """The form of the line."""
    page: int | None
    """The page number in the line, if any."""
    template: str
    """The words with digits replaced by `#`, equal for similar lines on other pages."""


MAX_LENGTH = 150
"""Maximum characters of a furniture line."""

_MAX_LOWER_CASE = 4
"""Maximum lower-case words in a furniture line, except in a notice."""

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
_FAX_ELEMENTS = [
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
"""Elements that a fax machine prints, each once: date, time, sender, recipient and so on."""
_FAX_PAGE = re.compile(rf"\b(?:page|pg\.?|p\.?)\s?:?\s?{_N}(?:{_TOTAL})?(?!\S)", re.I)
_FAX_WORDS = frozenset(
    ("of", "to", "from", "at", "by", "no", "via", "am", "pm", "page", "pages", "pg", "fax", "tel")
)
_TITLE_WORDS = frozenset(("of", "for", "the", "and", "in", "page", "no", "re"))
_CONFIDENTIAL = re.compile(r"\b(?:confidential|privileged)\b", re.I)
_NUMBERED = re.compile(
    r"\b(?:items?|issues?|requests?|visits?|sessions?|levels?|grades?|phases?|weeks?|days?|no)\b",
    re.I,
)
"""Words that are followed by a number in headings, where it is not a page number."""


def classify(words: str) -> Candidate | None:
    """Classify a line of single-spaced words; None if it is certainly not page furniture."""
    if not words or len(words) > MAX_LENGTH or _is_prose(words) or _LABELS.search(words):
        return None
    found = _page_number(words) or _fax(words) or _running(words)
    return Candidate(*found, _DIGITS.sub("#", words.casefold())) if found else None


def _is_prose(words: str) -> bool:
    """A fast test that excludes most lines."""
    is_prose = sum(map(str.islower, words.split())) > _MAX_LOWER_CASE
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
    """Classify a line printed by a fax machine, which has no words of a sentence."""
    elements = sum(pattern.search(words) is not None for pattern in _FAX_ELEMENTS)
    if elements < 2 or _has_prose(words, _FAX_WORDS):
        return None
    page = _FAX_PAGE.search(words)
    if page and (elements > 2 or page["total"]):
        return Form.FAX, int(page["page"])
    is_stamp = _FAX_ELEMENTS[1].search(words) and (elements > 2 or page)
    return (Form.STAMP, int(page["page"]) if page else None) if is_stamp else None


def _running(words: str) -> tuple[Form, int | None] | None:
    """Classify a line that may be on every page: a name, title or notice, numbered or not."""
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
    is_heading = words.endswith(".") or (page is not None and _NUMBERED.search(words))
    return None if is_heading else (Form.RUNNING, page)


def _has_prose(words: str, known: frozenset[str]) -> bool:
    """Whether the line contains lower-case words that are not in `known`."""
    return any(word not in known for word in re.findall(r"\b[a-z]{2,}\b", words))
