"""Counts the items and cases of each group: of a category, a month, a source and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from imr_tui.catalogue.categories import categories
from imr_tui.model.limits import Priority

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from imr_tui.statistics.facts import CaseFacts, ItemFacts

Grouping = Literal["category", "drug", "priority", "month", "guideline", "rule", "reviewer"]
"""What the groups are; an item may be in several groups of drugs, guidelines and rules."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
HEADINGS: dict[Grouping, str] = {
    "category": "By category of service",
    "drug": "Drugs by class",
    "priority": "By kind of review",
    "month": "By month",
    "guideline": "By source that the reviewers cite",
    "rule": "By rule that warned",
    "reviewer": "By account that signed or wrote the letter",
}
"""The heading of each grouping."""


class Group(NamedTuple):
    """The counts of a group; None stands for a count that is hidden."""

    key: str
    """What tells the group from others, such as the id of a category."""
    label: str
    """Its name."""
    cases: int | None
    """The cases with an item in the group, or about which a rule warned."""
    items: int | None
    """Its items."""
    upheld: int | None
    """How many of them were upheld."""
    overturned: int | None
    """How many of them were overturned."""


def group(cases: Sequence[CaseFacts], by: Grouping) -> tuple[Group, ...]:
    """The groups of all `cases`: by time, by kind of review, or else the largest first."""
    members: dict[str, list[tuple[int, int | None]]] = {}
    for at, case in enumerate(cases):
        for key, item in dict.fromkeys(_memberships(case, by)):
            members.setdefault(key, []).append((at, item))
    groups = [_count(key, rows, cases, by) for key, rows in members.items()]
    return tuple(sorted(groups, key=lambda each: _order(each, by)))


def _memberships(case: CaseFacts, by: Grouping) -> Iterator[tuple[str, int | None]]:
    """The groups that a case belongs to, each with an item, or with None for the case alone."""
    if by == "rule":
        yield from case.warned
    elif by in ("priority", "month", "reviewer"):
        key = {"priority": case.priority, "month": case.month, "reviewer": case.account}[by]
        yield from ((key, item) for item in range(len(case.items)))
        yield key, None
    else:
        for at, item in enumerate(case.items):
            yield from ((key, at) for key in _keys(item, by))


def _keys(item: ItemFacts, by: Grouping) -> tuple[str, ...]:
    if by == "category":
        return (item.category,)
    return item.drugs if by == "drug" else item.sources


def _count(
    key: str, rows: Iterable[tuple[int, int | None]], cases: Sequence[CaseFacts], by: Grouping
) -> Group:
    listed = list(rows)
    outcomes = [
        cases[at].items[item].outcome
        for at, item in listed
        if item is not None and item < len(cases[at].items)
    ]
    return Group(
        key,
        categories()[key].name if by == "category" else key,
        len({at for at, _ in listed}),
        len(outcomes),
        outcomes.count("upheld"),
        outcomes.count("overturned"),
    )


def _order(each: Group, by: Grouping) -> tuple[int, int, str]:
    if by == "month":
        return 0, 0, each.key
    if by == "priority":
        return get_args(Priority).index(each.key), 0, each.key
    sizes = -(each.items or 0), -(each.cases or 0)
    return (*(sizes[::-1] if by == "rule" else sizes), each.key)
