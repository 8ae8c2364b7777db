"""What a frame of Textual's compositor paints: strips, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Place(NamedTuple):
    """A column, a line, and what stands from there on."""

    x: int
    y: int
    strip: Strip


@runtime_checkable
class Whole(Protocol):
    """All that lies in a region, as `LayoutUpdate` of Textual 8.2.8 has it."""

    strips: list[Iterable[Strip]]
    region: Region


@runtime_checkable
class Parts(Protocol):
    """Parts of some lines, as `ChopsUpdate` of Textual 8.2.8 has them."""

    chops: list[Mapping[int, Strip | None]]
    spans: list[tuple[int, int, int]]
    chop_ends: list[list[int]]


def places_of(update: object) -> Iterator[Place] | None:
    """What `update` paints, from left to right; None for what is no such update."""
    if isinstance(update, Parts):
        return _of_parts(update)
    if isinstance(update, Whole):
        return _of_whole(update)
    return None


def _of_whole(update: Whole) -> Iterator[Place]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield Place(x, y, strip)
            x += strip.cell_length


def _of_parts(update: Parts) -> Iterator[Place]:
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            yield Place(x, y, strip if end <= last else strip.crop(0, last - x))
