"""IMR201 to IMR204: whether a rationale supports its decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.derivative import is_derivative
from imr_tui.domain.workflow import Place
from imr_tui.reading.dates import dates
from imr_tui.reading.demographics import ages, pronouns
from imr_tui.reading.necessity import Conclusion, conclusions, denies
from imr_tui.reading.patterns import LazyPattern
from imr_tui.text.layout import count_words

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

SHORT = 40
"""Words; 1 of 439 published rationales of independent items is shorter."""
CLOSING = 3
"""Number of final concluding sentences that count as the close of a rationale."""

_FINDING = (
    r"(?:is|are|was|were|tested) positive|positive for|\d{1,2}/10"
    r"|(?:in|since|until|by|of|from|through|late|early) (?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december)"
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
    r"|her|years? old)\b",
    re.IGNORECASE,
)
_FOR_NOBODY = LazyPattern(
    r"\bnot (?:be )?recommend\w*|\bdo(?:es)? not (?:recommend|support)"
    r"|\bnot supported by\b",
    re.IGNORECASE,
)


@rule(
    "IMR201",
    "decision-against-rationale",
    "warning",
    why="A decision that its own rationale contradicts is a plainly erroneous finding.",
    source="Labor Code 4610.6(h)(5)",
    fires={"decision": "overturned", "rationale": "The request is not medically necessary."},
    passes={
        "decision": "upheld",
        "rationale": "The request is not medically necessary. This should not be read as a "
        "recommendation to stop opioids abruptly; weaning would be medically appropriate.",
    },
)
def decision_against_rationale(context: CheckContext) -> Iterator[Hit]:
    """The rationale of an item concludes the opposite of its decision.

    An upheld item is reported if its conclusions only affirm necessity. One sentence that denies
    necessity or support is enough to pass, because a sentence on weaning may follow it. An
    overturned item is reported if its last conclusions deny necessity and none affirms it.
    Sentences about support count only if no sentence is about necessity. What utilization review
    held does not count.
    """
    for index, item in enumerate(context.items):
        concluding = conclusions(item.rationale)
        if item.decision == "upheld":
            against = _only_affirms(concluding)
        elif item.decision == "overturned":
            against = _closes_denying(concluding)
        else:
            continue
        if against is not None:
            label = (item.decision or "").capitalize()
            says = f"The decision is {label}, but the rationale concludes the opposite."
            yield Hit(
                Place("rationale", index),
                says,
                against.sentence.span,
                also=((Place("decision", index), None),),
            )


def _only_affirms(concluding: tuple[Conclusion, ...]) -> Conclusion | None:
    affirming = _deciding(concluding)
    if not affirming or any(each.denies for each in concluding):
        return None
    return affirming[-1]


def _closes_denying(concluding: tuple[Conclusion, ...]) -> Conclusion | None:
    closing = _deciding(concluding)[-CLOSING:]
    if not closing or any(each.affirms for each in closing):
        return None
    return closing[-1]


def _deciding(concluding: tuple[Conclusion, ...]) -> list[Conclusion]:
    """The sentences on necessity; without any, those on support."""
    said = [each for each in concluding if each.denies or each.affirms]
    return [each for each in said if each.is_final] or said


@rule(
    "IMR202",
    "conclusion-missing",
    "warning",
    why="The rationale must conclude whether the item is medically necessary.",
    source="Labor Code 4610.6(c); 436 of 439 published rationales conclude",
    fires={"rationale": "The worker has neck pain. Six visits of therapy were completed in May."},
    passes={"rationale": "Therapy did not help. Medical necessity has not been established."},
)
def conclusion_missing(context: CheckContext) -> Iterator[Hit]:
    """No sentence of the rationale concludes on medical necessity, support or criteria."""
    for index, item in enumerate(context.items):
        text = item.rationale
        if item.decision and text.strip() and not conclusions(text) and not denies(text):
            yield Hit(
                Place("rationale", index),
                "No sentence says whether the item is medically necessary.",
            )


@rule(
    "IMR203",
    "rationale-generic",
    "warning",
    why="The clinical reasons must be about this worker, not about patients in general.",
    source="Labor Code 4610.6(d); 16 of 439 published rationales, mostly of derivative items",
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

    Items that depend on another item are not reported. Neither are treatments that a guideline
    never recommends, because there the worker's findings do not matter.
    """
    for index, item in enumerate(context.items):
        text = item.rationale
        if not text.strip() or is_derivative(item) or _FOR_NOBODY.search(text):
            continue
        if not (_SPECIFIC.search(text) or dates(text) or ages(text) or pronouns(text)):
            yield Hit(
                Place("rationale", index),
                "Nothing here is about this worker. Name the deciding finding or record.",
            )


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
