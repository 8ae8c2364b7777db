"""The table of cases: draws only the lines in view, however many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

PADDING = 2
"""The columns of the terminal that a column takes besides its width."""
Cells = tuple[str, ...]
"""The texts about one case."""


class Column(NamedTuple):
    """One column of the table."""

    at: int
    """The index of the cell that it shows."""
    heading: str
    """Its heading."""
    width: int
    """The columns of the terminal for its text."""


class CaseTable(ScrollView):
    """A fixed line of headings, lines that scroll below it, and a cursor on one of those."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "case-table--header",
        "case-table--cursor",
        "case-table--late",
    }

    @dataclass
    class Moved(Message):
        """The cursor moved to another line."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: Sequence[Column] = ()
        self._lines: Sequence[Cells] = ()
        self._late: Collection[int] = ()
        self._cursor = 0

    @property
    def cursor(self) -> int:
        """The index of the line with the cursor."""
        return self._cursor

    def show(
        self,
        columns: Sequence[Column],
        lines: Sequence[Cells],
        cursor: int,
        late: Collection[int] = (),
    ) -> None:
        """Show these lines, with the cursor on one of them and in the same row of the screen.

        `late` holds the indexes of the overdue cases; their cells say so in words, too.
        """
        before, above = self._picture(), self._cursor - self.scroll_offset.y
        if columns != self._columns:
            self.refresh()
        self._columns, self._lines, self._late = columns, lines, late
        self._cursor = min(cursor, max(len(lines) - 1, 0))
        self.virtual_size = Size(self.size.width, len(lines) + 1)
        self._scroll(self._cursor - above)
        for y, (was, now) in enumerate(zip(before, self._picture(), strict=True)):
            if was != now:
                self.refresh_line(self.scroll_offset.y + y + 1)

    def render_line(self, y: int) -> Strip:
        base, at = self.rich_style, self.scroll_offset.y + y - 1
        if y == 0:
            style = self.get_component_rich_style("case-table--header")
            line = self._line([column.heading for column in self._columns], " ")
        elif at >= len(self._lines):
            return Strip.blank(self.size.width, base)
        elif at == self._cursor:
            # The mark is for terminals without colours.
            style = self.get_component_rich_style("case-table--cursor")
            line = self._line(self._cells(at), ">")
        else:
            late = at in self._late
            style = self.get_component_rich_style("case-table--late") if late else base
            line = self._line(self._cells(at), " ")
        return Strip([Segment(line, style)]).adjust_cell_length(self.size.width, base)

    def on_resize(self) -> None:
        self._scroll(self.scroll_offset.y)

    # ── The cursor ───────────────────────────────────────────────────────────────────────

    def action_scroll_up(self) -> None:
        self._move(self._cursor - 1)

    def action_scroll_down(self) -> None:
        self._move(self._cursor + 1)

    def action_page_up(self) -> None:
        self._move(self._cursor - self._room)

    def action_page_down(self) -> None:
        self._move(self._cursor + self._room)

    def action_scroll_home(self) -> None:
        self._move(0)

    def action_scroll_end(self) -> None:
        self._move(len(self._lines) - 1)

    def _move(self, to: int) -> None:
        to = max(min(to, len(self._lines) - 1), 0)
        if to == self._cursor:
            return
        was, self._cursor = self._cursor, to
        for line in (was, to):
            self.refresh_line(line + 1)
        self._scroll(self.scroll_offset.y)
        self.post_message(self.Moved())

    def _scroll(self, top: int) -> None:
        """Scroll to `top` as the first line in view, or to the nearest that shows the cursor."""
        top = max(min(top, self._cursor), self._cursor - self._room + 1)
        self.scroll_to(y=top, animate=False, force=True)

    # ── What is in view ──────────────────────────────────────────────────────────────────

    @property
    def _room(self) -> int:
        """The number of lines that fit below the headings."""
        return max(self.size.height - 1, 1)

    def _picture(self) -> list[tuple[Cells, bool, bool]]:
        """The lines below the headings, each with whether it has the cursor and is late."""
        top = self.scroll_offset.y
        ends = min(top + self._room, len(self._lines))
        shown = [(self._lines[at], at == self._cursor, at in self._late) for at in range(top, ends)]
        return shown + [((), False, False)] * (self._room - len(shown))

    def _cells(self, at: int) -> list[str]:
        return [self._lines[at][column.at] for column in self._columns]

    @property
    def caret(self) -> Offset | None:
        """The first cell of the line with the cursor."""
        if not self._lines:
            return None
        x, y = self.content_region.offset
        return Offset(x, y + 1 + self._cursor - self.scroll_offset.y)

    def _line(self, texts: Sequence[str], mark: str) -> str:
        fits = (_fit(text, column.width) for text, column in zip(texts, self._columns, strict=True))
        return f"{mark}{'  '.join(fits)} "


def _fit(text: str, width: int) -> str:
    """`text` in exactly `width` columns, with an ellipsis if it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, width - 1)}…"
