"""Prints statistics as lines of text: numbers and percentages in words, then a bar."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from imr_tui.statistics.disclosure import LEAST
from imr_tui.statistics.groups import HEADINGS
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.statistics.clocks import Clock
    from imr_tui.statistics.groups import Group
    from imr_tui.statistics.summary import Period, Statistics

WIDTH = 80
"""Columns of the report."""
_INDENT = "  "
_UPHELD, _OVERTURNED = "=", "#"
_HIDDEN = "hidden"
_WHY_HIDDEN = f"Hidden are numbers under {LEAST}, and others from which these could be computed."


def report(counts: Statistics, width: int = WIDTH) -> Iterator[str]:
    """The lines of the report, none longer than `width`."""
    for line in _lines(counts, width):
        yield from textwrap.wrap(line, width, subsequent_indent=_INDENT * 2) or [""]


def _lines(counts: Statistics, width: int) -> Iterator[str]:
    yield from _totals(counts)
    if counts.is_public:
        yield _WHY_HIDDEN
    if counts.cases == 0:
        return
    yield from ("", *map(_clock, counts.clocks), *_timeliness(counts))
    by_items = counts.by != "rule"
    whole = counts.items if by_items else counts.cases
    yield from _section(HEADINGS[counts.by], counts.groups, whole, width, by_items=by_items)
    if counts.drugs:
        drugs = sum(each.items or 0 for each in counts.drugs)
        whole = None if counts.is_public else drugs
        yield from _section(HEADINGS["drug"], counts.drugs, whole, width)
    if counts.other:
        yield from ("", "Requests in the category Other:")
        yield from (f"{_INDENT}{clean_line(each)}" for each in counts.other)


def _totals(counts: Statistics) -> Iterator[str]:
    when = _when(counts.period)
    if counts.cases == 0:
        yield f"No determination was written{when}."
    else:
        items = _count(counts.items, "item")
        written = f", written{when}" if when else ""
        yield f"{_count(counts.cases, 'determination')} with {items}{written}."
        yield f"Upheld: {_part(counts.upheld, counts.items)}."
        yield f"Overturned: {_part(counts.overturned, counts.items)}."
        yield f"With more than one item: {_part(counts.several, counts.cases)} of the cases."
    if counts.unfinished:
        yield f"{_count(counts.unfinished, 'other case')} without a determination, not counted."


def _when(period: Period) -> str:
    first = f" from {period.first}" if period.first else ""
    last = f" to {period.last}" if period.last else ""
    return f"{first}{last}"


def _clock(clock: Clock) -> str:
    if clock.cases is None:
        return f"{clock.name}: {_HIDDEN}."
    if clock.median is None:
        return f"{clock.name}: no case has both dates."
    middle = f"{clock.median:g}"
    return (
        f"{clock.name}: median {middle} days, nine of ten within {clock.ninetieth} days "
        f"({_count(clock.cases, 'case')})."
    )


def _timeliness(counts: Statistics) -> Iterator[str]:
    in_time, late = counts.timeliness
    if in_time is None or late is None:
        yield f"Late: {_HIDDEN}."
    elif in_time + late:
        yield f"Late: {_part(late, in_time + late)} of the cases with a due date."


def _section(
    heading: str, groups: Sequence[Group], whole: int | None, width: int, *, by_items: bool = True
) -> Iterator[str]:
    """A heading, and two lines for each group: what it counts, and a bar of its items."""
    yield from ("", f"{heading}:")
    if not groups:
        yield "Nothing to show."
    most = max(((each.items if by_items else each.cases) or 0 for each in groups), default=0)
    for each in groups:
        yield f"{clean_line(each.label)}: {_figures(each, whole, by_items=by_items)}."
        if bar := _bar(each, most, width - len(_INDENT), by_items=by_items):
            yield f"{_INDENT}{bar}"
    if most and by_items:
        yield f"Each bar: {_OVERTURNED} is overturned, {_UPHELD} is the rest."


def _figures(each: Group, whole: int | None, *, by_items: bool) -> str:
    if each.cases is None:
        return _HIDDEN
    counted = each.items if by_items else each.cases
    figures = _part(counted, whole, _plural("item" if by_items else "case", counted))
    if not by_items and not each.items:
        return figures
    if each.overturned is None:
        return f"{figures}; outcomes {_HIDDEN}"
    of = "" if by_items else f" of {_count(each.items, 'item')}"
    return f"{figures}; {_part(each.overturned, each.items, 'overturned')}{of}"


def _bar(each: Group, most: int, width: int, *, by_items: bool) -> str:
    """A bar as long as the group is large; the overturned items stand first."""
    counted = (each.items if by_items else each.cases) or 0
    if not counted:
        return ""
    length = max(1, _scaled(counted, most, width))
    if not by_items or each.overturned is None:
        return _UPHELD * length
    first = min(length, _scaled(each.overturned, counted, length))
    if each.overturned and not first:
        first = 1
    return _OVERTURNED * first + _UPHELD * (length - first)


def _scaled(part: int, whole: int, length: int) -> int:
    """`part` of `whole` as a part of `length`, rounded."""
    return (2 * part * length + whole) // (2 * whole)


def percent(part: int, whole: int) -> int:
    """`part` of `whole` in percent, rounded; 0 of nothing."""
    return _scaled(part, whole, 100) if whole else 0


def _part(part: int | None, whole: int | None, what: str = "") -> str:
    """A number with its percentage: `12 items, 14 percent`."""
    if part is None:
        return _HIDDEN
    number = f"{part:,} {what}".rstrip()
    return f"{number}, {percent(part, whole)} percent" if whole else number


def _count(number: int | None, what: str) -> str:
    if number is None:
        return f"a hidden number of {what}s"
    return f"{number:,} {_plural(what, number)}"


def _plural(what: str, number: int | None) -> str:
    return what if number == 1 else f"{what}s"
