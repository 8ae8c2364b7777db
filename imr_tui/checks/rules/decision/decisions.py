"""IMR201 and IMR202: whether a rationale concludes, and in the way of its decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.conclusions.necessity import Conclusion, conclusions, denials
from imr_tui.reading.language.attribution import is_of_case, is_of_guideline, is_quoted
from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item
    from imr_tui.reading.language.sentences import Sentence

CLOSING = 3
"""Number of final concluding sentences that count as the close of a rationale."""

_SIGNIFICANT = LazyPattern(r"[a-z]{5,}", re.IGNORECASE)


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
    Sentences about support count only if no sentence is about necessity. The
    opinion of utilization review does not count. A denial that is only a guideline's does not count
    if the last sentence affirms that the requested item is necessary.
    """
    for index, item in enumerate(context.items):
        concluding = conclusions(item.rationale)
        if item.decision == "upheld":
            against = _only_affirms(item, concluding)
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


def _only_affirms(item: Item, concluding: tuple[Conclusion, ...]) -> Conclusion | None:
    denying = [each for each in concluding if each.denies]
    if any(map(_is_own_denial, denying)) or _denies_by_name(item):
        return None
    deciding = _deciding([each for each in concluding if each not in denying])
    if not deciding:
        return None
    last = deciding[-1]
    if denying and not (
        last is concluding[-1] and last.is_final and _is_about(item, last.sentence)
    ):
        return None
    return last


def _denies_by_name(item: Item) -> bool:
    """Whether a sentence on this case denies the item by its name."""
    found = denials(item.rationale)
    return any(_is_about(item, each) and is_of_case(each.text) for each in found)


def _is_own_denial(conclusion: Conclusion) -> bool:
    """Whether the reviewer denies this request, and does not report what a source says."""
    words = conclusion.sentence.text
    if is_of_case(words):
        return True
    return conclusion.is_final and not (is_of_guideline(words) or is_quoted(words))


def _is_about(item: Item, sentence: Sentence) -> bool:
    """Whether a sentence mentions the request, or a significant word of it."""
    said = sentence.text.lower()
    words = (word.lower() for word in _SIGNIFICANT.findall(item.request))
    return "request" in said or any(word in said for word in words)


def _closes_denying(concluding: tuple[Conclusion, ...]) -> Conclusion | None:
    closing = _deciding(concluding)[-CLOSING:]
    if not closing or any(each.affirms and not each.closes_denying for each in closing):
        return None
    return closing[-1]


def _deciding(concluding: Sequence[Conclusion]) -> list[Conclusion]:
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
        if item.decision and text.strip() and not conclusions(text) and not denials(text):
            yield Hit(
                Place("rationale", index),
                "No sentence says whether the item is medically necessary.",
            )
