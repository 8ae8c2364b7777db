"""A scrolling view of a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.model.diff import Diff


_MARKS = {"same": ("  ", "$text-muted"), "gone": ("- ", "bold"), "new": ("+ ", "bold")}


class DiffView(VerticalScroll):
    """One paragraph for each field; marks, not only colours, show removed and new lines."""

    can_focus = True

    def __init__(self, found: Iterable[Diff] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found = tuple(found)

    def compose(self) -> ComposeResult:
        yield Static(self._content())

    def show(self, found: Iterable[Diff]) -> None:
        """Show other differences, from the top."""
        self._found = tuple(found)
        self.query_one(Static).update(Content("\n").join(_lines(self._found)))
        self.scroll_home(animate=False)

    def _content(self) -> Content:
        return Content("\n").join(_lines(self._found))


def _lines(found: tuple[Diff, ...]) -> Iterator[Content]:
    if not found:
        yield Content("No changes.")
    for difference in found:
        yield Content.styled(difference.field, "bold underline")
        for piece in difference.pieces:
            mark, style = _MARKS[piece.kind]
            for line in piece.text.split("\n"):
                yield Content.styled(f"{mark}{line}", style)
