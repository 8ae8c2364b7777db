"""The parts of the screen that a frame changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from imr_tui.terminal.cell_buffer import is_mark

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip

    pass


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


class Strips:
    """The strips of each line that were painted, and that nothing was painted over since."""

    def __init__(self) -> None:
        self._lines: list[dict[int, Strip]] = []

    def forget(self, height: int) -> None:
        """Know of none on a terminal of so many lines."""
        self._lines = [{} for _ in range(height)]

    def new(self, places: Iterable[Place]) -> Iterator[Place]:
        """Those places whose strip does not stand there already; from here on it does."""
        for place in places:
            x, y, strip = place
            if y >= len(self._lines) or self._lines[y].get(x) == strip:
                continue
            self._put(self._lines[y], x, strip)
            yield place

    def _put(self, line: dict[int, Strip], x: int, strip: Strip) -> None:
        if is_mark(strip.text[:1]):
            # It changes what stands before it.
            line.clear()
            return
        end = x + strip.cell_length
        for start in [at for at, old in line.items() if at < end and at + old.cell_length > x]:
            del line[start]
        line[x] = strip
