"""What differs between two states of a case, to be scrolled and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.difference import Difference

_MARKS = {"same": ("  ", "dim"), "gone": ("- ", "bold"), "new": ("+ ", "bold")}


class DifferenceView(VerticalScroll):
    """A field a paragraph; a mark says what goes and what comes, never a colour alone."""

    can_focus = True

    def __init__(self, found: Iterable[Difference] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found = tuple(found)

    def compose(self) -> ComposeResult:
        yield Static(self._content())

    def show(self, found: Iterable[Difference]) -> None:
        """Show other differences, from the top."""
        self._found = tuple(found)
        self.query_one(Static).update(Content("\n").join(_lines(self._found)))
        self.scroll_home(animate=False)

    def _content(self) -> Content:
        return Content("\n").join(_lines(self._found))


def _lines(found: tuple[Difference, ...]) -> Iterator[Content]:
    if not found:
        yield Content("Nothing differs.")
    for difference in found:
        yield Content.styled(difference.field, "bold underline")
        for piece in difference.pieces:
            mark, style = _MARKS[piece.kind]
            for line in piece.text.split("\n"):
                yield Content.styled(f"{mark}{line}", style)
