"""Screen damage: the strips that a frame paints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from imr_tui.terminal.cell_buffer import is_combining

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Damage(NamedTuple):
    """A strip to paint, with the position of its first cell."""

    x: int
    y: int
    strip: Strip


@runtime_checkable
class FullUpdate(Protocol):
    """A full repaint of a region: `LayoutUpdate` of Textual 8.2.8."""

    strips: list[Iterable[Strip]]
    region: Region


@runtime_checkable
class PartialUpdate(Protocol):
    """A repaint of spans of lines: `ChopsUpdate` of Textual 8.2.8."""

    chops: list[Mapping[int, Strip | None]]
    spans: list[tuple[int, int, int]]
    chop_ends: list[list[int]]


def damage_of(update: object) -> Iterator[Damage] | None:
    """The strips that `update` paints, left to right; None if its type is unknown."""
    if isinstance(update, PartialUpdate):
        return _of_partial_update(update)
    if isinstance(update, FullUpdate):
        return _of_full_update(update)
    return None


def _of_full_update(update: FullUpdate) -> Iterator[Damage]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield Damage(x, y, strip)
            x += strip.cell_length


def _of_partial_update(update: PartialUpdate) -> Iterator[Damage]:
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            yield Damage(x, y, strip if end <= last else strip.crop(0, last - x))


class StripCache:
    """The strips that are visible on each line; skips those that are painted again unchanged."""

    def __init__(self) -> None:
        self._lines: list[dict[int, Strip]] = []

    def clear(self, height: int) -> None:
        """Drop all strips, for a terminal of `height` lines."""
        self._lines = [{} for _ in range(height)]

    def changed(self, damage: Iterable[Damage]) -> Iterator[Damage]:
        """Yield the strips that are not visible yet, and record them as visible."""
        for each in damage:
            x, y, strip = each
            if y >= len(self._lines) or self._lines[y].get(x) == strip:
                continue
            self._store(self._lines[y], x, strip)
            yield each

    def _store(self, line: dict[int, Strip], x: int, strip: Strip) -> None:
        if is_combining(strip.text[:1]):
            # It changes the cell before it.
            line.clear()
            return
        end = x + strip.cell_length
        for start in [at for at, old in line.items() if at < end and at + old.cell_length > x]:
            del line[start]
        line[x] = strip
