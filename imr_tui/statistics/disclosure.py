"""Hides small counts, and further ones from which a small count could be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.catalogue.categories import DRUGS
from imr_tui.statistics.clocks import Timeliness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imr_tui.statistics.clocks import Clock
    from imr_tui.statistics.groups import Group
    from imr_tui.statistics.summary import Statistics

LEAST = 5
"""The smallest count that is published."""


def publishable(whole: Statistics) -> Statistics:
    """`whole` without counts under `LEAST`, without requests, and without what reveals either.

    What is hidden could still be any of `LEAST` numbers or more for a reader who knows all that is
    left, and that each listed group has an item. Statistics of two periods that overlap may be
    subtracted from each other, which nothing here can prevent.
    """
    groups, may_total = _groups(whole)
    upheld, overturned = _both(whole.upheld, whole.overturned)
    several, _ = _both(whole.several, (whole.cases or 0) - (whole.several or 0))
    return whole._replace(
        unfinished=_large(whole.unfinished),
        cases=_large(whole.cases),
        several=several,
        items=_large(whole.items),
        upheld=upheld if may_total else None,
        overturned=overturned if may_total else None,
        clocks=tuple(map(_clock, whole.clocks)),
        timeliness=Timeliness(*_both(*whole.timeliness)),
        groups=groups,
        drugs=_drugs(whole.drugs, groups),
        other=(),
        is_public=True,
    )


def _groups(whole: Statistics) -> tuple[tuple[Group, ...], bool]:
    """The groups as they are published, and whether the total of outcomes may be."""
    if whole.by == "rule":
        # Rules overlap, and no total is the sum of theirs.
        return _listed(map(_large_counts, whole.groups)), True
    return _protected(whole.groups)


def _drugs(drugs: Sequence[Group], groups: Iterable[Group]) -> tuple[Group, ...]:
    """The classes of drugs; they must not reveal what is hidden of their category."""
    category = next((each for each in groups if each.key == DRUGS), None)
    if category is None or category.items is None:
        return ()
    protected, may_total = _protected(drugs)
    if may_total and category.upheld is not None:
        return protected
    return tuple(map(_without_outcomes, protected))


def _large(count: int | None) -> int | None:
    return count if (count or 0) >= LEAST else None


def _large_counts(each: Group) -> Group:
    if (each.cases or 0) < LEAST:
        return _hidden(each, is_whole=True, has_outcomes=True)
    upheld, overturned = _both(each.upheld, each.overturned)
    return each._replace(items=_large(each.items), upheld=upheld, overturned=overturned)


def _listed(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups; hidden ones stand last, by name, since their place would tell their size."""
    there = list(groups)
    hidden = sorted((each for each in there if each.cases is None), key=lambda each: each.key)
    return (*(each for each in there if each.cases is not None), *hidden)


def _both(one: int | None, other: int | None) -> tuple[int | None, int | None]:
    """Two parts of a published total; if one is small, the other one reveals it."""
    are_large = min(one or 0, other or 0) >= LEAST
    return (one, other) if are_large else (None, None)


def _clock(clock: Clock) -> Clock:
    if (clock.cases or 0) >= LEAST:
        return clock
    return clock._replace(cases=None, median=None, ninetieth=None)


def _protected(groups: Sequence[Group]) -> tuple[tuple[Group, ...], bool]:
    """The groups with small counts hidden, and whether the total of outcomes may be published.

    No groups at all if hiding every count would not be enough.
    """
    sizes = [(each.items or 0, each.cases or 0) for each in groups]
    whole = {at for at, size in enumerate(sizes) if min(size) < LEAST}
    while whole and not _hides_sizes([sizes[at] for at in whole]):
        if len(whole) == len(groups):
            return (), True
        whole.add(_smallest(groups, whole))
    outcomes = whole | {at for at, each in enumerate(groups) if _has_small_outcome(each)}
    while outcomes and not (is_safe := _hides_outcomes([groups[at] for at in outcomes])):
        if len(outcomes) == len(groups):
            break
        outcomes.add(_smallest(groups, outcomes))
    published = (
        _hidden(each, is_whole=at in whole, has_outcomes=at in outcomes)
        for at, each in enumerate(groups)
    )
    return _listed(published), not outcomes or is_safe


def _hides_sizes(sizes: Sequence[tuple[int, int]]) -> bool:
    """Whether the sum of hidden sizes, each at least 1, leaves each of them open."""
    is_several = len(sizes) > 1
    return is_several and all(sum(each) - len(sizes) >= LEAST for each in zip(*sizes, strict=True))


def _hides_outcomes(groups: Sequence[Group]) -> bool:
    """Whether the sums of hidden outcomes leave those of each group open, whose size is known."""
    items = [each.items or 0 for each in groups]
    upheld = sum(each.upheld or 0 for each in groups)
    overturned = sum(each.overturned or 0 for each in groups)
    others = sum(items) - max(items)
    return len(groups) > 1 and min(upheld, overturned, others) >= LEAST


def _has_small_outcome(each: Group) -> bool:
    return min(each.upheld or 0, each.overturned or 0) < LEAST


def _smallest(groups: Sequence[Group], hidden: Iterable[int]) -> int:
    """The smallest group that is not hidden yet."""
    there = set(hidden)
    left = (at for at in range(len(groups)) if at not in there)
    return min(left, key=lambda at: (groups[at].items or 0, groups[at].key))


def _hidden(each: Group, *, is_whole: bool, has_outcomes: bool) -> Group:
    if is_whole:
        return each._replace(cases=None, items=None, upheld=None, overturned=None)
    return _without_outcomes(each) if has_outcomes else each


def _without_outcomes(each: Group) -> Group:
    return each._replace(upheld=None, overturned=None)
