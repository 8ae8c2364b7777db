"""IMR115: an earlier determination that no text of the case mentions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.documents import earlier_in_words, earlier_reviews
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Record
from imr_tui.reading.conclusions.earlier_reviews import mentions_earlier_review

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_EARLIER = (Record(kind="medical", title="PR-2"), Record(kind="determination", case="CM13-0012345"))


@rule(
    "IMR115",
    "earlier-review-unmentioned",
    "warning",
    why="A determination that ignores an earlier one on the same treatment can be appealed.",
    source="Labor Code 4610.6(h)",
    fires={"records": _EARLIER},
    passes={
        "records": _EARLIER,
        "rationale": "The earlier determination upheld the denial of massage. Nothing has changed "
        "since, so massage of the neck, 6 sessions, is not medically necessary.",
    },
)
def earlier_review_unmentioned(context: CheckContext) -> Iterator[Hit]:
    """The documents contain an earlier determination, and neither summary nor rationale names one.

    Its case number is enough, or words such as "the earlier determination" and "the IMR of 2013".
    """
    found = earlier_reviews(context.case)
    written = [item.rationale for item in context.items if item.rationale.strip()]
    if not found or not written:
        return
    numbers = tuple(filter(None, (record.case.strip() for record in found)))
    if not any(mentions_earlier_review(text, numbers) for text in (context.summary, *written)):
        said = earlier_in_words(context.case)
        yield Hit(Place("summary.text"), f"No text mentions it: {said[:1].lower()}{said[1:]}.")
