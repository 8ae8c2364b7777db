"""Finds statements about the MTUS: the year that a text gives for a guideline, and its silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.dates.months import FULL_MONTH
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, blank_quotations, lowered
from imr_tui.reading.language.sentences import sentences


class DatedGuideline(NamedTuple):
    """A name of an MTUS guideline with a year: "the MTUS chronic pain guideline of 2009"."""

    year: int
    """The year that the text gives."""
    topic: str
    """The words that name the guideline, in lower case, without the year."""
    span: tuple[int, int]
    """Offsets of the name."""


_NAME_WORD = LazyPattern(
    r"(?:(?P<year>(?:19|20)\d\d)|(?P<mtus>ca[ -]?mtus|mtus|medical treatment utilization schedule)"
    r"|the|california|guidelines?|chapters?|of|on|for|in|and|&|from|dated|version|edition|year"
    r"|title|neck|upper|back|cervical|thoracic|spine|shoulder|elbow|forearm|wrist|hand|low|lower"
    r"|lumbar|knee|leg|ankle|foot|hip|groin|eye|stress(?:[ -]related)?|conditions?|complaints?"
    r"|disorders?|mental|health|workplace|depressive|anxiety|post-?traumatic|asthma|work-related"
    r"|occupational|chronic|pain|medical|treatment|acupuncture|opioids?|post-?\s?surgical|initial"
    r"|general|approach(?:es)?"
    # (May 2009), (July 28, 2016)
    rf"|\({FULL_MONTH}"
    r"(?: \d{1,2},?)?(?= (?:19|20)\d\d\)))(?![\w-])"
)
_BETWEEN_NAME_WORDS = frozenset(" \t\r\n,()'\"/:\u2019-")
_MAX_BETWEEN = 4
_YEAR = LazyPattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REACH = 100
"""Maximum distance in characters between "MTUS" and the end of a name."""
_NOT_A_YEAR_OF_IT = LazyPattern(r"(?:effective|revised|updated|adopted|as of|since|until|in)\W+$")
_WEAK = frozenset(
    (
        *("the", "california", "guideline", "guidelines", "chapter", "chapters", "of", "on", "for"),
        *("in", "and", "&", "from", "dated", "version", "edition", "year", "title", "treatment"),
        *("medical", "condition", "conditions", "complaint", "complaints", "disorder", "disorders"),
    )
)
"""Words of a name that do not tell one guideline from another."""


@lru_cache(maxsize=CACHE_SIZE)
def dated_guidelines(text: str) -> tuple[DatedGuideline, ...]:
    """The MTUS guidelines that `text` names with a topic and one year, in order."""
    low = lowered(blank_quotations(text))
    found = (_dated(run) for start, end in _windows(low) for run in _names(low, start, end))
    return tuple(filter(None, found))


# Titles that only guidelines of the MTUS have.
_OWN_TITLE = (
    r"chronic pain medical treatment guidelines?|acupuncture medical treatment guidelines?"
    r"|post-?surgical treatment guidelines?|opioids? treatment guidelines?"
)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of `text` around each "MTUS" that contain a year; they do not overlap."""
    start = end = -1
    for match in _MTUS.finditer(text):
        if match.start() - _REACH > end:
            if end > 0 and _YEAR.search(text, start, end):
                yield start, end
            start = max(0, match.start() - _REACH)
        end = match.end() + _REACH
    if end > 0 and _YEAR.search(text, start, min(end, len(text))):
        yield start, min(end, len(text))


_MTUS = LazyPattern(rf"mtus|medical treatment utilization schedule|{_OWN_TITLE}")
_OWN = LazyPattern(_OWN_TITLE)


def _names(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Runs of words, in a part of `text`, of which names of guidelines consist."""
    run: list[re.Match[str]] = []
    for match in _NAME_WORD.finditer(text, start, end):
        if text[match.start() - 1 : match.start()].isalnum():
            continue
        if run and not _is_between(text[run[-1].end() : match.start()]):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _is_between(text: str) -> bool:
    return len(text) <= _MAX_BETWEEN and _BETWEEN_NAME_WORDS.issuperset(text)


def _dated(run: list[re.Match[str]]) -> DatedGuideline | None:
    text = run[0].string
    years = [match for match in run if match["year"]]
    names_it = any(match["mtus"] for match in run) or _OWN.search(
        text, run[0].start(), run[-1].end()
    )
    if len(years) != 1 or not names_it:
        return None
    at = years[0].start()
    if _NOT_A_YEAR_OF_IT.search(text, max(0, at - 16), at):
        return None
    words = [match[0] for match in run if not match["year"] and not match["mtus"]]
    if all(word in _WEAK for word in words):
        return None
    return DatedGuideline(int(years[0]["year"]), " ".join(words), (run[0].start(), run[-1].end()))


class Silence(NamedTuple):
    """A statement that the MTUS does not address something."""

    about: frozenset[str]
    """The words for what it does not address, in lower case; empty for the request as a whole."""
    span: tuple[int, int]
    """Offsets of the statement."""


_SCHEDULE = (
    r"(?:(?:california|ca|current|state of california)[ -])?"
    r"(?:mtus|medical treatment utilization schedule)"
    r"(?: \(mtus\))?(?:(?:\s?/\s?| and (?:the )?)acoem)?(?: treatment)?(?: guidelines?)?"
)
_NOUN = (
    r"(?:service|treatment|item|request|procedure|therapy|device|drug|medication|medicine|product"
    r"|equipment|unit|brace|study|test|surgery|operation|injection|program|modality)"
)
_THIS = LazyPattern(
    rf"(?:this|it|the (?:requested|disputed) (?:\w+ )?{_NOUN}"
    rf"|(?:this|the) (?:specific |particular |requested )?(?:{_NOUN}|issue|topic|subject|matter"
    r"|question)"
    r"(?: (?:at issue|in dispute|in question|requested|here))?"
    r"|these (?:requests|services|items|treatments))(?: in (?:this|the) (?:case|setting))?"
)
_ON = (
    r"(?:on|about|regarding|as to|concerning|with regards? to|with respect to|in regards? to|for|of"
    r"|(?:that|which) (?:deals?|speaks?) (?:with|of|to)|addressing|covering)"
)
_OBJECT = r"(?P<{0}>[a-z0-9][^.;,:]{{0,80}}?)"
_END = r"(?=\s*(?:[.;,:]|$|\band\b|\bso\b|\bthus\b|\btherefore\b|\bhence\b))"
_SILENT = LazyPattern(
    rf"\b{_SCHEDULE} (?:"
    rf"(?:is|are|remains?) silent(?: {_ON} {_OBJECT.format('on')})?"
    r"|(?:(?:does|do|did) not|fails? to|neglects? to) (?:specifically |directly |explicitly )?"
    r"(?:address|discuss|mention|cover|contain|speak (?:to|of|about)|comment on|deal with|refer to"
    r"|reference|list"
    rf"|include|provide (?:any )?(?:recommendations?|guidance) {_ON}) {_OBJECT.format('addressed')}"
    r"|(?:has|have|makes?|gives?|offers?|contains?|provides?) no (?:recommendations?|guidance"
    rf"|guidelines?|mention|discussion|statements?) {_ON} {_OBJECT.format('recommended')}"
    rf"){_END}"
    r"|\b(?:there (?:is|are)|(?:we|i) found) no (?:mtus|medical treatment utilization schedule)"
    rf" (?:guidelines?|recommendations?|guidance|chapters?) {_ON} {_OBJECT.format('found')}{_END}"
    rf"|\b(?P<subject>{_THIS.pattern}) (?:is|are|was|were)"
    rf" (?:not|nowhere) (?:addressed|discussed|mentioned|covered) (?:by|in) (?:the )?{_SCHEDULE}"
    rf"{_END}"
)
_GROUPS = ("on", "addressed", "recommended", "found", "subject")
_HYPOTHETICAL = LazyPattern(
    r"\b(?:if|when|where|whenever|wherever|unless|whether|although|though|while|even if|claims?"
    r"|said|says|states?|stated|according to|argues?|argued|opined?|wrote) (?:that )?(?:the )?$"
    r"|\b(?:utilization review|claims administrator|ur|provider|physician)\b[^.;]{0,60}$"
)
_NARROWED = LazyPattern(
    r"[^.;]{0,200}\b(?:but|however|except|although|though|while|specific(?:ally)?|other than)\b"
)
_FILLER = frozenset(
    (
        *("the", "a", "an", "of", "for", "to", "and", "or", "use", "this", "request", "requested"),
        *("treatment", "therapy", "service", "with", "in", "on", "specific", "at", "all"),
    )
)
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=CACHE_SIZE)
def silences(text: str) -> tuple[Silence, ...]:
    """Statements that the MTUS does not address something, in order.

    Conditions ("where the MTUS is silent"), statements of others and those that are limited by a
    "but" are left out.
    """
    low = lowered(blank_quotations(text))
    if not any(word in low for word in _SIGNS):
        return ()
    return tuple(
        Silence(_about(match), (sentence.start + match.start(), sentence.start + match.end()))
        for sentence in sentences(low)
        if ("mtus" in sentence.text or "utilization schedule" in sentence.text)
        and any(word in sentence.text for word in _SIGNS)
        for match in _SILENT.finditer(sentence.text)
        if not _HYPOTHETICAL.search(sentence.text, max(0, match.start() - 120), match.start())
        and not _NARROWED.match(sentence.text, match.end())
    )


_SIGNS = (
    *("silent", "not address", "not discuss", "not mention", "not cover", "not contain"),
    *("not speak", "not comment", "not deal", "not refer", "not include", "no recommendation"),
    *("not provide", "not list", "not specifically", "not directly", "not explicitly", "fails to"),
    *("fail to", "neglects to"),
    *("no guid", "no mention", "no discussion", "no statement", "no mtus", "no medical treatment"),
    *("no chapter", "addressed", "discussed", "mentioned", "covered"),
)
"""Words of which each statement contains one; looked for first, as that is fast."""


def _about(match: re.Match[str]) -> frozenset[str]:
    words = next((match[group] for group in _GROUPS if match[group]), "")
    if not words or _THIS.fullmatch(" ".join(words.split())):
        return frozenset()
    return significant(words)


def significant(text: str) -> frozenset[str]:
    """The words of `text`, in lower case, without those that say nothing about a treatment."""
    found = (word.removesuffix("s") for word in _WORD.findall(lowered(text)))
    return frozenset(word for word in found if word not in _FILLER)
