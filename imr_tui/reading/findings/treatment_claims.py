"""Finds claims that it is not known whether, how often or how well a treatment was tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imr_tui.reading.findings.findings import Statement, statements
from imr_tui.reading.findings.outcomes import NO_EFFECT
from imr_tui.reading.language.definite import clause_start, is_general, own_words, unquoted
from imr_tui.reading.language.numbers import NUMBER_WORDS, TENS, UNITS
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

COUNT, FAILURE, USE = "count", "failure", "use"
"""What a claim says is not known: how many sessions, that they failed, whether there were any."""


@dataclass(frozen=True)
class TreatmentFact:
    """A treatment, and what is stated or said to be unknown of it."""

    sort: str
    """`COUNT`, `FAILURE` or `USE`."""
    statement: Statement
    """The treatment."""
    span: tuple[int, int]
    """Offsets of the words."""


_SESSIONS = r"(?:sessions|visits|treatments)"
_COUNTED = rf"(?:number|amount|quantity)s? of [^.;]{{0,70}}?\b{_SESSIONS}\b"
_UNTOLD = (
    r"(?:documented|provided|specified|stated|noted|given|reported|recorded|clear|known|included"
    r"|submitted|mentioned|listed|available)"
)
_NONE = r"(?:no|lack of|without|absence of|insufficient)"
_PAPERS = r"(?:documentation|information|evidence|mention|records?|indication|details?)"
_ABOUT = (
    r"(?: (?:of|regarding|about|on|as to|concerning|detailing|specifying|showing|indicating|that"
    r"|the|an?|any|exact|total|duration|frequency|and)){1,6}"
)
_UNKNOWN = r"(?:unclear|unknown|uncertain|not (?:clear|known|documented|stated|specified))"
_CLAIMS = (
    (
        COUNT,
        LazyPattern(
            rf"\b{_UNKNOWN} how many [^.;]{{0,70}}?\b{_SESSIONS}\b[^.;,]{{0,40}}"
            rf"|\b{_NONE} (?:\w+ )?{_PAPERS}{_ABOUT} {_COUNTED}[^.;,]{{0,40}}"
            rf"|\b(?:did|does|do) not (?:document|specify|state|note|indicate|mention|include"
            rf"|provide|list|report|detail) (?:the )?(?:how many [^.;]{{0,70}}?{_SESSIONS}"
            rf"|(?:exact |total )?{_COUNTED})[^.;,]{{0,40}}"
            rf"|\b{_COUNTED}[^.;,]{{0,50}}? (?:(?:was|were|is|are|has|have)(?: been)? not(?: been)?"
            rf" {_UNTOLD}|(?:is|was|are|were|remains?) (?:unknown|unclear|unspecified"
            rf"|undocumented))\b"
        ),
    ),
    (
        FAILURE,
        LazyPattern(
            rf"\b{_NONE} (?:\w+ )?{_PAPERS}{_ABOUT} (?:(?:adequate|prior|previous) )?"
            r"(?:failures? (?:of|with)|failed(?: trials? of)?"
            r"|lack of (?:response|benefit|improvement) (?:to|from|with))"
            r" [^.;,]{0,70}"
            rf"|\b{_NONE} {_PAPERS} that [^.;,]{{0,60}}? (?:has|have|had|was|were|did)?"
            r" ?(?:failed|been (?:ineffective|unsuccessful)|not (?:help|helped|been effective))\b"
        ),
    ),
    (
        USE,
        LazyPattern(
            rf"\b{_UNKNOWN} (?:whether|if) (?:the )?(?:injured )?(?:patient|worker|claimant"
            r"|employee|applicant|he|she) (?:has |have |had )?(?:ever |already |previously )?"
            r"(?:had|tried|received|undergone|completed|attempted|underwent|attended|used|taken)"
            r" [^.;,]{0,50}"
        ),
    ),
)
_BEFORE = LazyPattern(
    r"\b(?:prior|previous(?:ly)?|completed?|earlier|past|attended|already|to date|thus far|so far"
    r"|received|undergone|rendered)\b"
)
_NUMBER = (
    rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS[2:])}"
    rf"|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(UNITS)}))?)"
)
_DONE = LazyPattern(
    r"\b(?:complet\w+|attended|received|underwent|undergone|finished|participated|has had|had had"
    r"|treatment[^.;]{0,30} (?:included|includes|consisted)|treated with)\b"
)
_DONE_COUNT = LazyPattern(
    rf"\b{_NUMBER}(?: ?/ ?\d+| (?:out )?of (?:the )?{_NUMBER})?(?: [\w-]+){{0,3}}? {_SESSIONS}\b"
)
_FAILED = LazyPattern(r"\bfail(?:ed|ure|s)\b|\b(?:not|n't) (?:been )?help(?:ing|ed|ful)?\b")
_UNCERTAIN = LazyPattern(r"\b(?:if|unless|should|until|whether|may|might|patients)\b")


@lru_cache(maxsize=CACHE_SIZE)
def unknown(text: str) -> tuple[TreatmentFact, ...]:
    """The claims of `text` that something about a treatment is not known or not documented."""
    return tuple(_find_unknown(text))


def _find_unknown(text: str) -> Iterator[TreatmentFact]:
    low = unquoted(text)
    for sort, pattern in _CLAIMS:
        for match in pattern.finditer(low):
            if sort == COUNT and not _BEFORE.search(match[0]):
                continue
            for each in statements(text):
                if _is_inside(each.mention.span, match.span()) and _is_own(low, sort, each, match):
                    yield TreatmentFact(sort, each, match.span())


def _is_inside(span: tuple[int, int], around: tuple[int, int]) -> bool:
    return around[0] <= span[0] and span[1] <= around[1]


def _is_own(low: str, sort: str, each: Statement, claim: re.Match[str]) -> bool:
    """Whether the reviewer claims it of this worker's treatment, not of a guideline's rule."""
    if each.thing.sort != "treatment":
        return False
    own = own_words(low, each.sentence)
    first, last = (at - each.sentence.start for at in claim.span())
    end = first if sort == USE else last
    return bool(own[first:last].strip()) and not is_general(own, clause_start(own, first), end)


@lru_cache(maxsize=CACHE_SIZE)
def recorded(text: str) -> tuple[TreatmentFact, ...]:
    """The treatments that `text` says were tried, the numbers of sessions, and the failures."""
    return tuple(_find_recorded(text))


def _find_recorded(text: str) -> Iterator[TreatmentFact]:
    low = lowered(text)
    for each in statements(text):
        if each.thing.sort != "treatment" or each.is_planned or not each.is_present:
            continue
        start, end = each.chunk
        yield TreatmentFact(USE, each, each.mention.span)
        if (span := _done_count(low, each)) is not None:
            yield TreatmentFact(COUNT, each, span)
        if _UNCERTAIN.search(low, start, end):
            continue
        if found := _FAILED.search(low, start, end) or NO_EFFECT.search(low, start, end):
            yield TreatmentFact(FAILURE, each, found.span())


def _done_count(low: str, each: Statement) -> tuple[int, int] | None:
    """The span of the number of sessions of a treatment, if they were done."""
    if not _DONE.search(low, *each.sentence.span):
        return None
    start, end = each.chunk
    first, last = each.mention.span
    found = _DONE_COUNT.search(low, max(start, first - 60), min(end, last + 80))
    return found.span() if found is not None and found.start() < last + 40 else None


_TRIED = LazyPattern(
    r"\b(?:despite|in spite of|failed|failure of|unresponsive to|after|completed|underwent|received"
    r"|attended|participated in|was treated with|has had|no (?:relief|benefit|improvement) (?:from"
    r"|with)|persist\w* (?:despite|after))(?: (?:[\w-]+|\d+)){0,5}? $"
)


def is_tried(text: str, each: Statement) -> bool:
    """Whether a rationale says that the worker tried a treatment, in words right before it."""
    if each.thing.sort != "treatment" or each.is_planned or not each.is_present:
        return False
    low, at = unquoted(text), each.mention.span[0]
    own = own_words(low, each.sentence)
    before = own[: at - each.sentence.start]
    return _TRIED.search(before) is not None and not is_general(own, 0, len(own))
