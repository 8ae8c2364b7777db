"""Tells whether two statements of a letter concern the same part, side and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.reading import anatomy

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.findings import Statement

_SUPPLIED = (
    (("cervical spine",), "upper extremity"),
    (("lumbar spine", "sacrum"), "lower extremity"),
)
"""Parts of the spine, each with the limb that its nerves supply."""


def is_same_part(
    context: CheckContext, item: ItemReading, denied: Statement, stated: Statement
) -> bool:
    """Whether two statements concern the same part and side; documents have none.

    A statement that names no part is about the item's part, or about the main one of the summary.
    """
    if denied.thing.sort == "document":
        return True
    asked = anatomy.names(item.request.text)
    regions = denied.regions or asked
    if stated.regions:
        same = not regions or any(
            _reaches(one, other) for one in regions for other in stated.regions
        )
    else:
        same = not denied.is_near or _is_main(denied.regions, context)
    return same and (not denied.sides or not stated.sides or bool(denied.sides & stated.sides))


def _reaches(one: str, other: str) -> bool:
    """Whether two parts are related, or one is supplied by the nerves of the other."""
    return anatomy.related(one, other) or any(
        {one, other} & set(spine) and anatomy.related(limb, one) and anatomy.related(limb, other)
        for spine, limb in _SUPPLIED
    )


def _is_main(regions: frozenset[str], context: CheckContext) -> bool:
    """Whether most mentions of a part in the summary are of `regions`."""
    named = [each.name for each in context.reading.summary.regions]
    own = [each for each in named if any(_reaches(each, region) for region in regions)]
    return 3 * len(own) >= 2 * len(named)


def is_same_day(one: TextReading, denied: Statement, other: TextReading, stated: Statement) -> bool:
    """Whether two statements may be of the same day: either gives none, or both the same."""
    ones, others = _days(one, denied), _days(other, stated)
    return not ones or not others or not ones.isdisjoint(others)


def _days(reading: TextReading, each: Statement) -> frozenset[object]:
    """The day that a sentence gives before it states something, or right after it."""
    start, at = each.sentence.start, each.mention.span[0]
    before = [date.day for date in reading.dates if start <= date.span[0] < at]
    if before:
        return frozenset(before[-1:])
    end = each.chunk[1]
    return frozenset(date.day for date in reading.dates if at < date.span[0] < end)
