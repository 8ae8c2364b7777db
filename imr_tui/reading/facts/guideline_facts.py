"""Tells numbers and dates of guidelines from those of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.body.anatomy import levels
from imr_tui.reading.facts.date_facts import date_facts
from imr_tui.reading.facts.side_facts import side_facts
from imr_tui.reading.facts.spans import Span, holds_any, is_within, without_overlaps
from imr_tui.reading.language.attribution import GUIDELINE, is_of_case, is_of_guideline
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentence_at, sentences

_NUMBERS = r"(?:\d+(?:\.\d+)*(?:\s?(?:-|,|and|&|to)\s?\d+(?:\.\d+)*)*)"
_ISSUE = rf"(?:{GUIDELINE}|mtus|editions?|schedule|version|et al\.?|tw[ct])"
_TITLE = r"(?:chronic pain|complaints|disorders|medical treatment|opioids)"
# Pages, sections, chapters, tables; the years of guidelines and studies; volumes of journals.
_CITED = LazyPattern(
    rf"\b(?:pages?|pgs?|pp?)\.?(?:\(s\))?\s?[:#]?\s?{_NUMBERS}"
    rf"|(?:\u00a7+|\bccr|\b(?:sections?|chapters?|tables?|figures?|algorithms?|parts?|titles?|criteri(?:on|a)"
    rf"|vol(?:ume|\.)?|editions?|codes?)(?:\(s\))?)[\s:,]{{1,3}}{_NUMBERS}(?:-\d+)?"
    r"|\((?:19|20)\d\d[a-z]?\)"
    r"|\b(?:19|20)\d\d\s?;\s?\d+(?:\(\d+\))?(?:\s?:\s?\d+(?:-\d+)?)?"
    rf"|\b{_ISSUE}[\s,(:-]{{1,3}}(?:(?:treatment|guidelines?|practice|edition|dated|chapter|online"
    rf"|version|effective|(?:in|of) (?=\d)) ){{0,3}}(?:19|20)\d\d\b(?!-\d)"
    rf"|\b{_TITLE},? \(?(?:19|20)\d\d\b(?!-\d)"
    r"|\b(?:19|20)\d\d (?:mtus|acoem|odg|guidelines?|chronic pain|edition|version|opioids?"
    r"|update)\b"
    r"|\b(?:type|phase|schedule|class|tier|who step) \d{1,2}\b"
    r"|(?:\A|[\n.:;,)]\s?)\(?\d{1,2}\)(?=\s)"
    r"|\b(?:and|or|are|is|includes?|follows) \(\d{1,2}\)(?=\s)"
    r"|(?:\A|\n)\s*\d{1,2}\.(?=\s)"
    r"|\b\d{1,2} c\.?\s?[cf]\.?\s?r\b|\b97\d\d(?:\.\d+)+(?:\s?\(\w{1,2}\))*"
    r"|\[\d+(?:\s?[,-]\s?\d+)*\]|\b24/7\b"
)
# The authors of a study: (Smith, 2010), (Smith et al., 2010; Jones, 2012).
_AUTHORS = LazyPattern(
    r"\([A-Z][a-z][\w'-]*(?:,? (?:and|&|[A-Z][\w'-]*)){0,6}(?:,? et al\.?)?, (?:19|20)\d\d[a-z]?"
    r"(?:[;,][^()]{0,120})?\)"
)
# The day on which a guideline was issued.
_ISSUED = LazyPattern(
    rf"\b(?:{_ISSUE}|97\d\d(?:\.\d+)+)[\s,(:-]{{1,3}}"
    r"(?:(?:as of|last|date|dated|effective|treatment|guidelines?) ){0,2}\Z"
)
_UPDATED = LazyPattern(r"\b(?:updated?|revised|accessed|published)[\s:]{1,2}(?:on )?\Z")
_GUIDELINE = LazyPattern(rf"\b{GUIDELINE}")

_GENERAL = LazyPattern(
    r"\b(?:guidelines?|mtus|odg|acoem)\b[^.;]{0,60}\binclude|\bcriteria for\b|\bpatients should\b"
)
_LISTED = LazyPattern(r"\(?(?:\d{1,2}|[a-z])\)")


@lru_cache(maxsize=CACHE_SIZE)
def cited_spans(text: str) -> tuple[Span, ...]:
    """Pages, sections, years and numbers of lists, which are facts of no patient, in order."""
    found = [*_CITED.finditer(lowered(text)), *_AUTHORS.finditer(text)]
    longest_first = sorted((each.span() for each in found), key=lambda each: each[0] - each[1])
    return tuple(each.span for each in without_overlaps(text, map(_Cited, longest_first)))


class _Cited(NamedTuple):
    span: Span


def is_day_of_issue(text: str, start: int) -> bool:
    """Whether the date at `start` is that of a guideline: "ODG (updated 3/18/15)"."""
    low = lowered(text)
    if _ISSUED.search(low, max(0, start - 60), start):
        return True
    if not _UPDATED.search(low, max(0, start - 20), start):
        return False
    return (
        _GUIDELINE.search(low, max(sentence_at(text, start).start, start - 120), start) is not None
    )


@lru_cache(maxsize=CACHE_SIZE)
def guideline_spans(text: str) -> tuple[Span, ...]:
    """The sentences in which all numbers are those of a guideline.

    Such a sentence is attributed to a guideline or lists what the guideline before it says, does
    not refer to the worker or the request, and names no date, side or level of the spine.
    """
    return tuple(_guideline_spans(text))


def _guideline_spans(text: str) -> Iterator[Span]:
    of_patients = [each.span[0] for each in side_facts(text)]
    of_patients += [each.span[0] for each in levels(text)]
    cited = cited_spans(text)
    of_patients += [
        each.span[0]
        for each in date_facts(text)
        if not is_within(each.span, cited) and not is_day_of_issue(text, each.span[0])
    ]
    of_patients.sort()
    follows = False
    for sentence in sentences(text):
        low = lowered(sentence.text)
        # The entries of a list belong to the guideline that the sentence before names.
        says = is_of_guideline(sentence.text) or _GENERAL.search(low)
        follows = bool(says or (follows and _LISTED.match(low)))
        if follows := follows and not (
            holds_any(sentence.span, of_patients) or is_of_case(sentence.text)
        ):
            yield sentence.span
