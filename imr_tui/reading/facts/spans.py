"""Compares the places of mentions in a text, in linear time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Span = tuple[int, int]


class Placed(Protocol):
    """A mention with its place."""

    @property
    def span(self) -> Span:
        """Offsets of the words."""


_P = TypeVar("_P", bound=Placed)


def without_overlaps(text: str, mentions: Iterable[_P]) -> list[_P]:
    """The mentions in the order of `text`; of those that overlap, the one given first."""
    taken = bytearray(len(text))
    found = []
    for each in mentions:
        start, end = each.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(each)
    return sorted(found, key=lambda each: each.span)


def around(span: Span, mentions: Sequence[_P]) -> _P | None:
    """Of mentions in order, the last one that begins no later than `span`, if it contains it."""
    at = bisect_right(mentions, span[0], key=lambda each: each.span[0])
    found = mentions[at - 1] if at else None
    return found if found is not None and span[1] <= found.span[1] else None


def is_within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, which are in order and do not overlap, contains `span`."""
    at = bisect_right(spans, span[0], key=lambda each: each[0])
    return at > 0 and span[1] <= spans[at - 1][1]


def holds_any(span: Span, offsets: Sequence[int]) -> bool:
    """Whether any of the sorted offsets is in `span`."""
    at = bisect_left(offsets, span[0])
    return at < len(offsets) and offsets[at] < span[1]


def replaced(text: str, spans: Iterable[Span], words: str) -> str:
    """`text` with `words` for each of the spans, which are in order and do not overlap.

    Spans side by side are replaced as one.
    """
    parts, end = list[str](), 0
    for start, behind in spans:
        parts += [text[end:start], "" if parts and start == end else words]
        end = behind
    return "".join((*parts, text[end:]))
