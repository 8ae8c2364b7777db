"""Finds mentions of a side that the rest of the letter contradicts, for IMR308."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rules.body.side_mentions import (
    Conflict,
    Group,
    groups_of,
    one_sided,
    quoted,
)
from imr_tui.checks.rules.body.summary_sides import odd, requested, two_bones
from imr_tui.reading.body.disputed_sides import CLAUSE, OPPOSITE, close, is_compared, is_disputed
from imr_tui.reading.body.sides import SidedMention, sides
from imr_tui.reading.conclusions.subjects import subjects
from imr_tui.reading.language.patterns import LazyPattern, lowered

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.reading.findings.findings import Statement


def conflicts(reading: CaseReading) -> Iterator[Conflict]:
    """The mentions of a side in the summary and the rationales that something contradicts."""
    groups = groups_of(reading)
    for item in reading.items:
        yield from _concluded(item)
        yield from _argued(item)
        yield from _unknown(groups, item)
        yield from _found_elsewhere(reading.summary, item)
        yield from _tests_elsewhere(reading.summary, item)
    yield from requested(reading)
    for text in (reading.summary, *(item.rationale for item in reading.items)):
        yield from two_bones(reading, text)
    yield from odd(_disputed(reading, groups), reading.summary)


def _disputed(
    reading: CaseReading, groups: dict[Group, list[SidedMention]]
) -> dict[Group, list[SidedMention]]:
    """The groups without the mentions that stand beside the other side."""
    texts = {text.place: text.text for text in reading.texts}
    left = {
        key: [each for each in found if is_disputed(texts[key[0]], each)]
        for key, found in groups.items()
    }
    return {key: found for key, found in left.items() if found}


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
            where, other = max(near, key=lambda found: len(found[1].names & each.names))
            yield Conflict(place, says, each.span, (where, other.span))


_FOUND = LazyPattern(
    r"\b(?:numb|tingl|paresthes|allodyn|hypesthes|hyperalges|tender|swell|swollen|effusion|edema"
    r"|weak|atroph|wasting|reflex|sensation|sensory|neuropath|laxity|instab|unstable|joint space"
    r"|acuity|velocity|latency|crepit|lock|click|catch|clunk|grip|tear|torn|fractur|stenosis"
    r"|thicken|triggering|discolor|cool|burning|radiculopath|impinge|osteoarthrit|arthrit|bursitis"
    r"|gives? way|giving way)",
)


def _findings(
    text: TextReading, mention: SidedMention, *, in_clause: bool = False
) -> frozenset[str]:
    """The findings near a mention, or only those between the commas around it."""
    start, end = mention.sentence.span
    low = lowered(text.text)
    before, after = (
        low[max(start, mention.span[0] - 60) : mention.span[0]],
        low[mention.span[1] : min(end, mention.span[1] + 40)],
    )
    if in_clause:
        before, after = CLAUSE.split(before)[-1], CLAUSE.split(after, 1)[0]
    near = before + low[slice(*mention.span)] + after
    return frozenset(match[0][:5] for match in _FOUND.finditer(near))


def _found_elsewhere(summary: TextReading, item: ItemReading) -> Iterator[Conflict]:
    """A finding that the summary states of the same region, of the other side only."""
    if len({each.side for each in summary.sides}) < 2:
        return
    known = {
        (each.names, each.side, _findings(summary, each)): each
        for each in summary.sides
        if each.names and not is_compared(summary.text, each)
    }
    for each in item.rationale.sides:
        if each.side == "both" or not is_disputed(item.rationale.text, each):
            continue
        found = _findings(item.rationale, each, in_clause=True)
        stated = [
            other
            for (_, _, what), other in known.items()
            if found and what >= found and close(each, other)
        ]
        if stated and all(other.side == OPPOSITE[each.side] for other in stated):
            what = f"The summary states this finding of the {OPPOSITE[each.side]} side"
            says = quoted(what, item.rationale, each)
            yield Conflict(item.rationale.place, says, each.span, (summary.place, stated[0].span))


def _tests_elsewhere(summary: TextReading, item: ItemReading) -> Iterator[Conflict]:
    """A test that is positive on one side here, and only on the other side in the summary."""
    for each in item.rationale.statements:
        if not _is_positive_on_one_side(each):
            continue
        about = [other for other in summary.statements if other.thing.name == each.thing.name]
        (side,) = each.sides
        if about and all(
            _is_positive_on_one_side(other) and other.sides != each.sides for other in about
        ):
            what = f"The summary states this finding of the {OPPOSITE[side]} side"
            says = f'{what}; this says "{item.rationale.text[slice(*each.chunk)].strip()}".'
            other = about[0].chunk
            yield Conflict(item.rationale.place, says, each.chunk, (summary.place, other))


def _is_positive_on_one_side(each: Statement) -> bool:
    return each.thing.sort == "test" and each.is_present is True and len(each.sides) == 1
