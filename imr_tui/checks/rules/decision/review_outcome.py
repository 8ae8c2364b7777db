"""IMR213: whether the text says that utilization review approved the disputed request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.conclusions.review_outcomes import Outcome, mentions_denial, outcomes

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR213",
    "review-outcome-conflict",
    "warning",
    why="A request that utilization review approved is not in dispute and cannot be reviewed.",
    source="Labor Code 4610.5(a), (d)",
    fires={
        "summary.text": "The worker has neck pain. On 11/05/2014 Utilization Review certified the "
        "request for massage of the neck."
    },
    passes={
        "summary.text": "The worker has neck pain. On 11/05/2014 Utilization Review certified "
        "gabapentin and denied the request for massage of the neck."
    },
)
def review_outcome_conflict(context: CheckContext) -> Iterator[Hit]:
    """The text says that utilization review approved what is in dispute.

    The summary is reported if it mentions an approval and no denial or modification. A rationale is
    reported if it says that the request as a whole was approved. Items that were modified are not
    reported, nor are earlier reviews and other treatments.
    """
    says = "This says that utilization review approved the request, but the request is in dispute."
    place = Place("summary.text")
    modified = any(item.is_modified for item in context.items)
    if context.items and not modified and (approval := _only_approval(context.summary)):
        yield Hit(place, says, approval.sentence.span, also=((Place("request", 0), None),))
    for index, item in enumerate(context.items):
        whole = next((each for each in outcomes(item.rationale) if each.is_whole), None)
        if whole is not None and not item.is_modified:
            also = ((Place("request", index), None),)
            yield Hit(Place("rationale", index), says, whole.sentence.span, also=also)


def _only_approval(summary: str) -> Outcome | None:
    """The last approval in a summary that mentions no denial."""
    found = outcomes(summary)
    approval = next((each for each in reversed(found) if each.approves), None)
    if any(each.denies for each in found) or (approval and mentions_denial(summary)):
        return None
    return approval
