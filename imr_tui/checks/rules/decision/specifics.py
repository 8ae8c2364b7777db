"""IMR203 and IMR204: whether a rationale is about this worker, and long enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.decision.derivative import is_derivative
from imr_tui.domain.workflow import Place
from imr_tui.reading.dates.dates import dates
from imr_tui.reading.dates.months import FULL_MONTH
from imr_tui.reading.language.attribution import is_of_guideline
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences
from imr_tui.reading.people.demographics import ages
from imr_tui.reading.people.pronouns import pronouns
from imr_tui.text.layout import count_words

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item

SHORT = 40
"""Words; 1 of 439 published rationales of independent items is shorter."""

_SIGNIFICANT = LazyPattern(r"[a-z]{5,}", re.IGNORECASE)
_FINDING = (
    r"(?:is|are|was|were|tested) positive|positive for|\d{1,2}/10"
    r"|(?:in|since|until|by|of|from|through|late|early) "
    rf"{FULL_MONTH}"
    r"|(?:had|attended|completed|received|undergone) (?:\w+ ){0,3}?(?:visits|sessions)"
    r"|(?:visits|sessions) (?:\w+ ){0,3}?(?:were|have been) (?:attended|completed|received|done)"
)
_SPECIFIC = LazyPattern(
    r"\b(?:patient(?:'s)?|worker(?:'s)?|claimant(?:'s)?|applicant(?:'s)?|employee(?:'s)?"
    r"|individual's|this (?:case|man|woman)"
    r"|(?:the|medical|clinical|submitted|available|provided) (?:medical |clinical "
    r"|submitted )*(?:records?|documentation|documents|reports?|notes?|history|information)"
    r"|submitted|provided (?:for review|medical|clinical)|progress notes?|office visit"
    r"|physical (?:exam\w*|findings)|examination"
    r"|on exam\w*|mri (?:of|show|reveal)\w*|here,"
    r"|(?:physician|provider|surgeon|doctor|therapist|specialist)(?:'s)?"
    rf"|{_FINDING}"
    r"|diagnosed|documented|reveal\w*|(?:not|did) specif\w+|was (?:noted|seen)|he|she|his"
    r"|her|years? old)\b"
)
# A value with its unit, or a change of it.
_MEASURED = LazyPattern(
    r"\b\d+(?:\.\d+)? ?(?:mm|cm|kg|degrees?|of 10|out of 10|pounds)\b"
    r"|\b\d[+-]?/5\b|\bscores? (?:is|was|of|fell|rose) ?\d|\bfrom \d+ to \d+\b",
    re.IGNORECASE,
)
# Something present, absent, done or failed, apart from what a guideline says in general.
_OBSERVED = LazyPattern(
    r"\b(?:no|neither|nothing|nobody)\b[^.;]{3,80}? (?:is|are|was|were|has been|have been)"
    r" (?:recorded|described|planned|named|suspected|diagnosed|present|noted|found|ascribed|tried"
    r"|reported|specified)\b"
    r"|\b(?:has|have) (?:not )?(?:been tried|been taught|been offered|been used|failed|helped"
    r"|not begun)\b"
    r"|\b(?:is|are|was|were) (?:tender|reduced|weak|limited|painful|unstable|numb|flattened)\b"
    r"|\b(?:is|are) (?:not )?(?:helping|working)\b"
    r"|\b(?:gave|brought|helped) (?:\w+ )?(?:relief|for \w+ (?:days?|weeks?|months?))\b",
    re.IGNORECASE,
)
# What holds for patients in general.
_GENERAL = LazyPattern(
    r"\b(?:when|if|unless|whether|is an option|are options|(?:may|can|should|must) be|in patients"
    r"|for patients)\b",
    re.IGNORECASE,
)
# A defect of this request, or another request of this worker.
_OF_REQUEST = LazyPattern(
    r"\b(?:request|prescription|order|application|RFA)\b[^.;]{0,60}? (?:fail(?:s|ed) to|does not"
    r"|did not|omits?|lacks?)\b"
    r"|\b(?:concurrent|concomitant|associated|other) requests?\b"
    r"|\b(?:surgery|procedure|operation|repair|release|fusion)\b[^.;]{0,60}? (?:is|was|has been)"
    r" (?:\w+ )?(?:supported|approved|certified|authorized|scheduled|performed|done)\b",
    re.IGNORECASE,
)
SHARED = 2
"""Words of the summary that make a sentence specific to this worker."""
_OF_LETTERS = LazyPattern(
    r"guidelines?|medically|necessary|treatment|therapy|request|requested|review|utilization"
    r"|therefore|which|there|other|after|before|without|chronic|months|weeks|visits|sessions|times"
    r"|medication|patients|opioids|drugs|effects|twice|three|should|where|because"
)
_FOR_NOBODY = LazyPattern(
    r"\bnot (?:be )?recommend\w*|\bdo(?:es)? not (?:recommend|support)"
    r"|\bnot supported by\b"
    r"|\b(?:no|not(?: an?)?) (?:durable )?medical (?:equipment|device|treatment)\b"
)


@rule(
    "IMR203",
    "rationale-generic",
    "warning",
    why="The clinical reasons must be about this worker, not about patients in general.",
    source="Labor Code 4610.6(e); 16 of 439 published rationales, mostly of derivative items",
    fires={
        "rationale": "The guidelines recommend therapy for chronic pain after conservative care. "
        "Therefore the request is not medically necessary."
    },
    passes={
        "rationale": "The guidelines do not recommend this device for chronic pain. "
        "Therefore the request is not medically necessary."
    },
)
def rationale_generic(context: CheckContext) -> Iterator[Hit]:
    """The rationale mentions nothing about this worker: no finding, date, examination or record.

    A finding is a measured value, something present, absent or failed, or words of the summary in
    a sentence that is not a guideline's. A defect of the request counts, too.

    Items that depend on another item are not reported. Neither are treatments that a guideline
    never recommends, or that are no medical equipment, because there the worker's findings do not
    matter.
    """
    for index, item in enumerate(context.items):
        text = item.rationale
        if not text.strip() or is_derivative(item) or _FOR_NOBODY.search(lowered(text)):
            continue
        if _SPECIFIC.search(lowered(text)) or dates(text) or ages(text) or pronouns(text):
            continue
        if not any(_is_finding(context, item, each.text) for each in sentences(text)):
            yield Hit(
                Place("rationale", index),
                "Nothing here is about this worker. Name the deciding finding or record.",
            )


def _is_finding(context: CheckContext, item: Item, words: str) -> bool:
    """Whether a sentence mentions a finding, or repeats words of the summary beside the request."""
    if _MEASURED.search(words) or _OF_REQUEST.search(words):
        return True
    if is_of_guideline(words):
        return False
    shared = _words(words) & _words(context.summary)
    is_observed = _OBSERVED.search(words) is not None and not _GENERAL.search(words)
    return is_observed or len(shared - _words(item.request)) >= SHARED


def _words(text: str) -> set[str]:
    words = (word.lower() for word in _SIGNIFICANT.findall(text))
    return {word for word in words if not _OF_LETTERS.fullmatch(word)}


@rule(
    "IMR204",
    "rationale-short",
    "info",
    why="A rationale this short rarely supports a decision.",
    source="1 of 439 published rationales of independent items is shorter",
    fires={"rationale": "The worker had therapy. More is not medically necessary."},
    passes={
        "request": "Associated surgical service: cold therapy unit",
        "rationale": "As the primary procedure is not medically necessary, none is.",
    },
)
def rationale_short(context: CheckContext) -> Iterator[Hit]:
    """The rationale of an independent item has fewer than 40 words."""
    for index, item in enumerate(context.items):
        words = count_words(item.rationale)
        if 0 < words < SHORT and not is_derivative(item):
            yield Hit(
                Place("rationale", index),
                f"The rationale has {words} words; most have over {SHORT}.",
            )
