"""What is shown where the screens do not fit."""

import textwrap

from rich.segment import Segment
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

LEAST = Size(60, 20)
"""The smallest size that every screen is complete at."""


def is_small(size: Size) -> bool:
    """Whether the screens do not fit in `size`."""
    return size.width < LEAST.width or size.height < LEAST.height


def at_least(size: Size) -> Size:
    """`size`, or as much more as the screens need."""
    return Size(max(size.width, LEAST.width), max(size.height, LEAST.height))


def notice(size: Size, standing: str) -> CompositorUpdate:
    """The whole of a small screen: what is needed, what is there, and how the work stands."""
    text = (
        f"Needs {LEAST.width}x{LEAST.height}, has {size.width}x{size.height}. "
        f"{standing or 'No case is open'}. ^s save, ^q quit"
    )
    lines = textwrap.wrap(text, max(size.width, 1))[: size.height]
    lines += [""] * (size.height - len(lines))
    strips = [[Strip([Segment(line.ljust(size.width))])] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, *size))  # type: ignore[arg-type]
