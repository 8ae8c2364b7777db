"""Which strips stand on the terminal, so that no cell of them is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from imr_tui.ui.frame import is_mark

if TYPE_CHECKING:
    from textual.strip import Strip

    from imr_tui.ui.places import Place


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
