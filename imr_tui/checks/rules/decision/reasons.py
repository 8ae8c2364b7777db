"""IMR212: whether the reasons of a rationale lead to its conclusion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.conclusions import reason_patterns as patterns
from imr_tui.reading.conclusions.necessity import Conclusion, conclusions
from imr_tui.reading.conclusions.reasons import Reason, reasons, turns
from imr_tui.reading.drugs.drugs import drugs, same
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences
from imr_tui.reading.treatments import treatment_kinds

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item

_SIGNIFICANT = LazyPattern(r"[a-z]{5,}", re.IGNORECASE)
_UNSPECIFIC = LazyPattern(
    r"right|bilateral|times|weeks|sessions|visits|months|purchase|rental|request|requested|without"
    r"|therapy|treatment|service|surgical|associated|cervical|lumbar|thoracic|spine|shoulder|wrist"
    r"|ankle|elbow"
)
_PRONOUNS = frozenset(("it", "none"))


@rule(
    "IMR212",
    "reasons-against-conclusion",
    "warning",
    why="A reason that speaks against its own conclusion makes the decision plainly erroneous.",
    source="Labor Code 4610.6(h)(5)",
    fires={
        "decision": "upheld",
        "rationale": "The documentation supports the request for massage. Therefore the "
        "requirements have not been met. The request is not medically necessary.",
    },
    passes={
        "decision": "upheld",
        "rationale": "The documentation supports the request for massage. However, six visits "
        "were certified, and more are not medically necessary.",
    },
)
def reasons_against_conclusion(context: CheckContext) -> Iterator[Hit]:
    """A reason of a rationale speaks against its conclusion, as if a "not" was lost or added.

    An overturned item is reported if a sentence says that criteria are not met or that the item is
    not needed. It is also reported if earlier care was not tried or was enough, or if a guideline
    does not recommend the item. An upheld item is reported if the next sentence denies what the
    records support, or what meets the criteria. It is also reported for a reason that only a lost
    "not" explains: "there are exceptional factors".

    Neither one criterion of several nor support for another treatment counts. A later "however"
    takes a reason back. Reported opinions, quotations, conditions, and sentences
    with "but" or "although" are not reported. Neither are absent contraindications.
    """
    for index, item in enumerate(context.items):
        concluding = conclusions(item.rationale)
        reason = _contrary(item, concluding)
        if reason is not None:
            place = Place("rationale", index)
            side = "for" if reason.supports else "against"
            says = f"This speaks {side} the request, but the item is {item.decision}. "
            says += 'Look for a missing or stray "not".'
            also = ((place, concluding[-1].sentence.span), (Place("decision", index), None))
            yield Hit(place, says, reason.sentence.span, also=also)


def _contrary(item: Item, concluding: tuple[Conclusion, ...]) -> Reason | None:
    """The first reason against the decision, if the last conclusion agrees with the decision."""
    if not concluding or item.decision is None:
        return None
    last = concluding[-1]
    upheld = item.decision == "upheld"
    if last.affirms == last.denies or last.denies != upheld:
        return None
    speaks = _supports_and_denies if upheld else _speaks_against
    found = (each for each in reasons(item.rationale) if each.sentence != last.sentence)
    return next((each for each in found if speaks(item, each)), None)


def _speaks_against(item: Item, reason: Reason) -> bool:
    """Whether a reason speaks against a request that is found necessary."""
    if reason.supports or _is_taken_back(item, reason):
        return False
    if reason.kind == "care":
        return not (drugs(item.request) or _is_named(item, reason.about))
    if reason.kind == "need":
        need = reason.about.lower()
        return need in _PRONOUNS or reason.is_about_request or _is_named(item, need)
    if reason.kind == "discouraged" and treatment_kinds.any_related(
        treatment_kinds.kinds(item.request), treatment_kinds.kinds(reason.about)
    ):
        return True
    return reason.kind in ("unmet", "none") or _is_named(item, reason.about)


def _supports_and_denies(item: Item, reason: Reason) -> bool:
    """Whether a reason supports a request that the following sentence denies."""
    if not reason.supports or _is_taken_back(item, reason):
        return False
    if reason.kind in ("met", "support") and _is_about_other(item, reason.about):
        return False
    if reason.kind == "support" and not (reason.is_about_request or _is_named(item, reason.about)):
        return False
    if reason.kind in ("all", "inverted"):
        return True
    following = sentences(item.rationale)[reason.index + 1 :][:1]
    if reason.kind == "documented":
        return any(_denies_it(each.text, reason.about) for each in following)
    denied = {each.sentence for each in conclusions(item.rationale) if each.denies}
    denied |= {each.sentence for each in reasons(item.rationale) if each.kind == "unmet"}
    return any(each in denied for each in (reason.sentence, *following))


# Care in general, as an alternative to a specific request.
_ALTERNATIVE = LazyPattern(
    r"\b(?:conservative|non-?\s?operative|non-?\s?surgical|continued|ongoing|home) (?:[\w-]+ )?"
    r"(?:care|treatment|management|therap(?:y|ies)|measures|exercises?)\b",
    re.IGNORECASE,
)


def _is_about_other(item: Item, words: str) -> bool:
    """Whether words name another treatment than the requested one."""
    is_other = treatment_kinds.kinds(words) or drugs(words) or _ALTERNATIVE.search(words)
    return bool(is_other) and not _is_named(item, words)


def _denies_it(following: str, documented: str) -> bool:
    """Whether a sentence concludes from what is documented that the request fails."""
    if patterns.FOLLOWS.match(lowered(following)) is None:
        return False
    if patterns.UNMET.search(lowered(following)):
        return True
    plain = patterns.PLAIN_SUPPORT.search(lowered(documented)) is not None
    return plain and any(each.denies for each in conclusions(following))


def _is_taken_back(item: Item, reason: Reason) -> bool:
    later = sentences(item.rationale)[reason.index + 1 :]
    return any(turns(each.text) for each in later)


def _is_named(item: Item, words: str) -> bool:
    """Whether words name the requested drug or treatment, or share a significant word with it."""
    asked, named = drugs(item.request), drugs(words)
    if any(same(one.drug, other.drug) for one in asked for other in named):
        return True
    if treatment_kinds.kinds(item.request) & treatment_kinds.kinds(words):
        return True
    return bool(_significant(item.request) & _significant(words))


def _significant(text: str) -> set[str]:
    words = (word.lower() for word in _SIGNIFICANT.findall(text))
    return {word for word in words if not _UNSPECIFIC.fullmatch(word)}
