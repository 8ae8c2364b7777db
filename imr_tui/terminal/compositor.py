"""A compositor that renders only the lines that a frame paints.

The stock compositor renders, for every frame, all lines of all widgets that touch the bounding box
of the changes. In a form in which a text and a counter changed, that is the whole screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.widget import Widget

Chops: TypeAlias = "list[dict[int, Strip | None]]"
"""For each line of the screen, the strips by their first column; None is not rendered yet."""


class LineCompositor(Compositor):
    """Asks each widget only for lines that are painted and not covered by other widgets."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        chops: Chops = [dict.fromkeys(each[:-1]) for each in cuts]
        # Front to back: the first strip at a column wins.
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not seen:
                continue
            lines = [
                y
                for y in seen.intersection(crop).line_range
                if is_rendered_line(y) and _has_gap(chops[y], seen)
            ]
            for y, strip in _rendered(widget, region, seen, lines):
                _fill(chops[y], cuts[y], seen, strip)
        return chops  # type: ignore[return-value]


def _has_gap(line: Mapping[int, Strip | None], seen: Region) -> bool:
    """Whether part of `line` within `seen` has no strip yet."""
    return any(strip is None and seen.x <= x < seen.right for x, strip in line.items())


def _rendered(
    widget: Widget, region: Region, seen: Region, lines: Iterable[int]
) -> Iterator[tuple[int, Strip]]:
    """Yield the screen lines of `widget` that are in `lines`, with their strips."""
    for first, last in _runs(lines):
        part = Region(seen.x - region.x, first - region.y, seen.width, last - first)
        yield from enumerate(widget.render_lines(part), first)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group consecutive lines into ranges (first, last + 1)."""
    first = last = -1
    for y in lines:
        if y != last:
            if last > first:
                yield first, last
            first = y
        last = y + 1
    if last > first:
        yield first, last


def _fill(line: dict[int, Strip | None], cuts: Iterable[int], seen: Region, strip: Strip) -> None:
    """Divide `strip` at `cuts` and store the parts where `line` has none yet."""
    inner = [cut for cut in cuts if seen.x <= cut <= seen.right]
    for cut, part in zip(inner, strip.divide([x - seen.x for x in inner[1:]]), strict=False):
        if line.get(cut) is None:
            line[cut] = part
