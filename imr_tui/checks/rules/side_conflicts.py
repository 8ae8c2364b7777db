"""Finds mentions of a side that the rest of the letter contradicts, for IMR308."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rules.side_mentions import (
    Conflict,
    Group,
    groups_of,
    one_sided,
    quoted,
)
from imr_tui.checks.rules.summary_sides import odd, requested, two_bones
from imr_tui.reading.conclusion_subjects import subjects
from imr_tui.reading.disputed_sides import OPPOSITE, close, is_compared, is_disputed
from imr_tui.reading.patterns import LazyPattern, lowered
from imr_tui.reading.sides import SidedMention, sides

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading


def conflicts(reading: CaseReading) -> Iterator[Conflict]:
    """The mentions of a side in the summary and the rationales that something contradicts."""
    groups = groups_of(reading)
    for item in reading.items:
        yield from _concluded(item)
        yield from _argued(item)
        yield from _unknown(groups, item)
        yield from _found_elsewhere(reading.summary, item)
    yield from requested(reading)
    for text in (reading.summary, *(item.rationale for item in reading.items)):
        yield from two_bones(reading, text)
    yield from odd(groups, reading.summary)


def _concluded(item: ItemReading) -> Iterator[Conflict]:
    """A conclusion on the other side than requested."""
    asked = one_sided(item)
    for subject in subjects(item.rationale.text) if asked else ():
        if subject.is_reason:
            continue
        named = [each for each in sides(subject.text) if each.side != "both"]
        wrong = [each for each in named if each.side == OPPOSITE.get(asked[0][1].side)]
        if wrong and len(wrong) == len(named):
            at = subject.start + wrong[0].span[0], subject.start + wrong[0].span[1]
            said = item.rationale.text[slice(*at)]
            says = f'The request is about the {asked[0][1].side} side; this concludes on "{said}".'
            yield Conflict(item.rationale.place, says, at, (asked[0][0], asked[0][1].span))


def _argued(item: ItemReading) -> Iterator[Conflict]:
    """The other side of the requested region, and never the requested one."""
    for place, asked in one_sided(item):
        if asked.side == "both":
            continue
        named = [each for each in item.rationale.sides if close(each, asked)]
        if any(each.side != OPPOSITE[asked.side] for each in named):
            continue
        for each in named:
            if each.names & asked.names and not is_compared(item.rationale.text, each):
                what = f"The request is about the {asked.side} {'/'.join(sorted(asked.names))}"
                says = quoted(what, item.rationale, each)
                yield Conflict(item.rationale.place, says, each.span, (place, asked.span))


def _unknown(groups: dict[Group, list[SidedMention]], item: ItemReading) -> Iterator[Conflict]:
    """A side that the rest of the letter never mentions, of a region known on the other side."""
    for (place, _, side), (each, *_) in groups.items():
        if place != item.rationale.place or side == "both":
            continue
        if not is_disputed(item.rationale.text, each):
            continue
        near = [
            (where, other)
            for (where, _, _), (other, *_) in groups.items()
            if where != place and close(each, other)
        ]
        if near and all(other.side == OPPOSITE[side] for _, other in near):
            what = f"Elsewhere the letter names only the {OPPOSITE[side]} side"
            says = quoted(what, item.rationale, each)
            yield Conflict(place, says, each.span, (near[0][0], near[0][1].span))


_FOUND = LazyPattern(
    r"\b(?:numb|tingl|paresthes|allodyn|hypesthes|hyperalges|tender|swell|swollen|effusion|edema"
    r"|weak|atroph|wasting|reflex|sensation|sensory|neuropath|laxity|instab|unstable|joint space"
    r"|acuity|velocity|latency|crepit|lock|click|catch|clunk|grip|tear|torn|fractur|stenosis"
    r"|thicken|triggering|discolor|cool|burning|radiculopath|impinge|osteoarthrit|arthrit|bursitis"
    r"|gives? way|giving way)",
)


def _findings(text: TextReading, mention: SidedMention) -> frozenset[str]:
    start, end = mention.sentence.span
    at = max(start, mention.span[0] - 60), min(end, mention.span[1] + 40)
    return frozenset(match[0][:5] for match in _FOUND.finditer(lowered(text.text)[slice(*at)]))


def _found_elsewhere(summary: TextReading, item: ItemReading) -> Iterator[Conflict]:
    """A finding that the summary states of the same region, of the other side only."""
    if len({each.side for each in summary.sides}) < 2:
        return
    known = {
        (each.names, each.side, _findings(summary, each)): each
        for each in summary.sides
        if each.names
    }
    for each in item.rationale.sides:
        if each.side == "both" or not is_disputed(item.rationale.text, each):
            continue
        found = _findings(item.rationale, each)
        stated = [
            other
            for (_, _, what), other in known.items()
            if found and what >= found and close(each, other)
        ]
        if stated and all(other.side == OPPOSITE[each.side] for other in stated):
            what = f"The summary states this finding of the {OPPOSITE[each.side]} side"
            says = quoted(what, item.rationale, each)
            yield Conflict(item.rationale.place, says, each.span, (summary.place, stated[0].span))
