"""The parts of the screen that a frame changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from imr_tui.terminal.cell_buffer import is_combining

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Damage(NamedTuple):
    """A column, a line, and what stands from there on."""

    x: int
    y: int
    strip: Strip


@runtime_checkable
class FullUpdate(Protocol):
    """All that lies in a region, as `LayoutUpdate` of Textual 8.2.8 has it."""

    strips: list[Iterable[Strip]]
    region: Region


@runtime_checkable
class PartialUpdate(Protocol):
    """Parts of some lines, as `ChopsUpdate` of Textual 8.2.8 has them."""

    chops: list[Mapping[int, Strip | None]]
    spans: list[tuple[int, int, int]]
    chop_ends: list[list[int]]


def damage_of(update: object) -> Iterator[Damage] | None:
    """What `update` paints, from left to right; None for what is no such update."""
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
    """The strips of each line that were painted, and that nothing was painted over since."""

    def __init__(self) -> None:
        self._lines: list[dict[int, Strip]] = []

    def clear(self, height: int) -> None:
        """Know of none on a terminal of so many lines."""
        self._lines = [{} for _ in range(height)]

    def changed(self, damage: Iterable[Damage]) -> Iterator[Damage]:
        """Those places whose strip does not stand there already; from here on it does."""
        for each in damage:
            x, y, strip = each
            if y >= len(self._lines) or self._lines[y].get(x) == strip:
                continue
            self._store(self._lines[y], x, strip)
            yield each

    def _store(self, line: dict[int, Strip], x: int, strip: Strip) -> None:
        if is_combining(strip.text[:1]):
            # It changes what stands before it.
            line.clear()
            return
        end = x + strip.cell_length
        for start in [at for at, old in line.items() if at < end and at + old.cell_length > x]:
            del line[start]
        line[x] = strip
