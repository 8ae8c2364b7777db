"""Finds sides in the summary that the rest of the letter contradicts, for IMR308."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rules.body.side_mentions import Conflict, Group, asked_sides, one_sided, quoted
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.disputed_sides import OPPOSITE, close
from imr_tui.reading.language.patterns import LazyPattern, lowered

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place
    from imr_tui.reading.body.sides import SidedMention

REQUEST = LazyPattern(
    r"\b(?:request\w*|asked|sought|seeks|non-?certif\w+|denied|denial|authoriz\w+|treatment plan"
    r"|plan|recommend\w*|ordered|listed|at issue|prescribed)\b"
)
_CONTENT = LazyPattern(r"[a-z][a-z-]{3,}")
_PLAIN = frozenset(
    [
        "left",
        "right",
        "bilateral",
        "with",
        "without",
        "contrast",
        "sessions",
        "session",
        "visits",
        "times",
        "week",
        "weeks",
        "from",
        "this",
        "that",
        "request",
        "treatment",
        "therapy",
        "evaluation",
    ]
)


def content_words(text: str) -> frozenset[str]:
    named = {word for region in anatomy.regions(text) for word in _split(text, region.words)}
    return frozenset(_CONTENT.findall(lowered(text))) - _PLAIN - named


def _split(text: str, span: Span) -> list[str]:
    return _CONTENT.findall(lowered(text)[slice(*span)])


def requested(reading: CaseReading) -> Iterator[Conflict]:
    """The request as the summary gives it, for the other side than every item."""
    asked = [each for item in reading.items for each in asked_sides(item)]
    for item in reading.items:
        for place, want in one_sided(item):
            if want.side == "both" or not want.names:
                continue
            if any(other.side != want.side and close(other, want) for _, other in asked):
                continue
            yield from _requested_otherwise(reading.summary, item, place, want)


def _requested_otherwise(
    summary: TextReading, item: ItemReading, place: Place, want: SidedMention
) -> Iterator[Conflict]:
    words = content_words(item.request.text)
    for each in summary.sides:
        if each.side != OPPOSITE[want.side] or not each.names & want.names:
            continue
        low = lowered(summary.text)
        if not REQUEST.search(low, max(each.sentence.start, each.span[0] - FAR), each.span[0]):
            continue
        start = max(each.sentence.start, each.span[0] - 60)
        near = low[start : min(each.sentence.span[1], each.span[1] + 60)]
        if words & set(_CONTENT.findall(near)):
            what = f"The item is about the {want.side} side"
            yield Conflict(
                summary.place, quoted(what, summary, each), each.span, (place, want.span)
            )


_BONE = r"(?:distal |proximal )?(?:radius|ulna|tibia|fibula)"
# Bones that break together, on two sides: "the right distal radius and the left distal ulna".
_BONES = LazyPattern(
    rf"\b(?P<one>left|right) {_BONE}(?:,| and|, and)(?: of)?(?: the)?"
    rf" (?P<other>left|right) {_BONE}\b"
)


def two_bones(reading: CaseReading, text: TextReading) -> Iterator[Conflict]:
    """Two bones of one wrist or leg, on two sides, in a case about one side."""
    asked = [each for item in reading.items for each in asked_sides(item)]
    for match in _BONES.finditer(lowered(text.text)):
        if match["one"] != match["other"] and len({each.side for _, each in asked}) == 1:
            place, want = asked[0]
            wrong = "one" if want.side != match["one"] else "other"
            span = match.span(wrong)
            says = f'The item is about the {want.side} side; this says "{match[0]}".'
            yield Conflict(text.place, says, span, (place, want.span))


FAR = 300
"""Characters before a side in which a sentence may speak of the request."""
ODD = 2
"""Least number of mentions of one side that make a single one of the other side a slip."""


_ALSO = LazyPattern(r"\b(?:as well(?! as)|also|too)\b")


def odd(groups: dict[Group, list[SidedMention]], summary: TextReading) -> Iterator[Conflict]:
    """A single mention of a side in the summary; all others are of the other side."""
    for (place, _, side), (each, *more) in groups.items():
        if place != summary.place or side == "both" or more:
            continue
        others = [
            (where, other)
            for (where, _, _), found in groups.items()
            for other in found[:ODD]
            if other is not each and close(each, other)
        ]
        if len(others) < ODD or any(other.side != OPPOSITE[side] for _, other in others):
            continue
        if _ALSO.search(lowered(each.sentence.text)):
            continue
        what = f"All other mentions are of the {OPPOSITE[side]} side"
        where, other = others[0]
        yield Conflict(place, quoted(what, summary, each), each.span, (where, other.span))
