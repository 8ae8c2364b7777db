"""Tells whether two statements of a letter concern the same part, side and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from imr_tui.reading.body import anatomy, spots
from imr_tui.reading.findings.findings import statements
from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.findings.findings import Statement

_SUPPLIED = (
    (("cervical spine",), "upper extremity"),
    (("lumbar spine", "sacrum"), "lower extremity"),
)
"""Parts of the spine, each with the limb that its nerves supply."""
_NEURAL = frozenset(
    (
        *("neurological deficit", "radicular symptom", "neuropathic symptom", "radicular sign"),
        *("root tension sign", "electrodiagnostic study", "epidural injection", "atrophy"),
    )
)
"""Findings, symptoms and services for which a nerve joins a part of the spine to its limb."""
_SPOT_SORTS = ("finding", "test", "symptom")
_SERVICES = ("treatment", "study")
_VISIT = timedelta(days=14)
"""Dates of one visit, its notes and its request lie within this time."""


def is_same_part(
    context: CheckContext, item: ItemReading, denied: Statement, stated: Statement
) -> bool:
    """Whether two statements concern the same part and side; documents have none.

    A statement that names no part is about the item's part, or about the main one of the summary.
    """
    if denied.thing.sort == "document":
        return _is_for_same(item, denied, stated)
    if denied.thing.sort in _SPOT_SORTS and spots.differ(_words(denied), _words(stated)):
        return False
    families = denied.thing.families | stated.thing.families
    is_neural = not denied.regions or denied.thing.sort == "symptom"
    is_neural = is_neural or not _NEURAL.isdisjoint(families)
    # A pain score rates the pain as a whole.
    is_whole = denied.thing.name == "pain rating"
    asked = frozenset[str]() if is_whole else anatomy.names(item.request.text)
    regions = denied.regions or asked
    if stated.regions:
        same = not regions or any(
            _reaches(one, other, is_neural=is_neural) for one in regions for other in stated.regions
        )
    else:
        same = not denied.is_near or _is_main(denied.regions, context)
    return same and (not denied.sides or not stated.sides or bool(denied.sides & stated.sides))


_FOR = LazyPattern(r" (?:forms? )?(?:for|of|on) (?:(?:an?|the|this|that|his|her) )?\Z")


def _is_for_same(item: ItemReading, denied: Statement, stated: Statement) -> bool:
    """Whether a document is for the item, or both statements are about one for the same thing."""
    end, asked = denied.mention.span[1], statements(item.request.text)
    subject = next((each for each in denied.mentions if each.span[0] > end), None)
    if not asked or subject is None or not _FOR.match(denied.low[end : subject.span[0]]):
        return True
    families = frozenset(name for each in asked for name in each.thing.families)
    if subject.thing.sort not in _SERVICES or subject.thing.families & families:
        return True
    return any(each.thing.name == subject.thing.name for each in stated.mentions)


def _words(each: Statement) -> str:
    """The words between the same commas, and those up to the next thing that is stated."""
    start, end = each.chunk
    later = [other.span[0] for other in each.mentions if other.span[0] > each.mention.span[0]]
    return each.low[start : max(end, min(later, default=each.sentence.span[1]))]


def _reaches(one: str, other: str, *, is_neural: bool = True) -> bool:
    """Whether two parts are related, or one is supplied by the nerves of the other."""
    joined = [limb for spine, limb in _SUPPLIED if not {one, other}.isdisjoint(spine)]
    if not is_neural:
        return anatomy.related(one, other) and not {one, other} & set(joined)
    return anatomy.related(one, other) or any(
        anatomy.related(limb, one) and anatomy.related(limb, other) for limb in joined
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


def _days(reading: TextReading, each: Statement) -> frozenset[date]:
    """The day that a sentence gives before it states something, or right after it."""
    start, at = each.sentence.start, each.mention.span[0]
    before = [named.day for named in reading.dates if start <= named.span[0] < at]
    if before:
        return frozenset(before[-1:])
    end = each.chunk[1]
    return frozenset(named.day for named in reading.dates if at < named.span[0] < end)


def is_before_last_visit(reading: TextReading, each: Statement) -> bool:
    """Whether a text states something of an earlier visit than its last one.

    A sentence without a date is about the visit that the sentences before it date.
    """
    visits = [named for named in reading.visit_dates if named.span[0] < each.sentence.start]
    days = _days(reading, each) or {named.day for named in visits[-1:]}
    last = max((named.day for named in reading.visit_dates), default=None)
    return last is not None and any(last - day > _VISIT for day in days)
