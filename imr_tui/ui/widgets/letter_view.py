"""Scrolling views of a letter, wrapped to their own width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import getters, on, work
from textual.content import Content
from textual.strip import Strip
from textual.widgets import TextArea

from imr_tui.errors import ImrError
from imr_tui.letter.render.preview import Preview, ScreenLetter
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.terminal.text_area import PartialTextArea, common_start
from imr_tui.ui.app import ImrApp

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Place

RULE = "│"
"""Marks the width of the file on a wider screen."""
_TITLE_MARGIN = 6


class LetterView(PartialTextArea):
    """A text that can be read and copied from, but not edited."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, read_only=True)
        self._preview: Preview | None = None
        self._shown: ScreenLetter | None = None
        self._columns = 0
        self._goal: tuple[Place, int] | None = None

    @property
    def letter(self) -> str:
        """The text of the file that is shown."""
        return self._preview.text if self._preview is not None else ""

    def show(self, preview: Preview) -> None:
        """Show a letter, at the position of the reader."""
        if preview != self._preview:
            self._preview = preview
            self._fit()
        self._reach_goal()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a letter."""
        self.show(Preview.of_text(sentence))

    # ── Nothing here is an edit ──────────────────────────────────────────────────────────

    @on(TextArea.Changed)
    def keep_change(self, event: TextArea.Changed) -> None:
        event.stop()

    @on(TextArea.SelectionChanged)
    def keep_selection(self, event: TextArea.SelectionChanged) -> None:
        if not self.has_focus:
            event.stop()

    # ── Wrapping ─────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        super().on_resize()
        if self.wrap_width != self._columns:
            self._fit()

    def _fit(self) -> None:
        """Wrap the letter to the width of the view."""
        columns = self.wrap_width
        if self._preview is None or columns <= 0:
            return
        before, was_at, top = self._shown, self.cursor_location, self.scroll_offset.y
        shown = self._shown = self._preview.wrapped(columns)
        is_rewrapped, self._columns = columns != self._columns, columns
        self.border_title = Content(title_of(self._preview, columns, self.size.width))
        self._replace_lines(before.lines if before else (), shown.lines)
        if self._goal is not None:
            self._reach_goal()
        elif is_rewrapped and before is not None:
            self._show_line(_same_line(before, shown, top))
        else:
            self.move_cursor((min(was_at[0], len(shown.lines)), was_at[1]))
            self.call_after_refresh(self.scroll_to, y=top, animate=False)

    def _replace_lines(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Replace the lines that differ, since a long letter takes time to wrap and draw."""
        start = common_start(old, new)
        end = common_start(old[start:][::-1], new[start:][::-1])
        if start == len(old) == len(new):
            return
        lines = "".join(f"{line}\n" for line in new[start : len(new) - end])
        self.replace(lines, (start, 0), (len(old) - end, 0))
        self.history.clear()

    def _reach_goal(self) -> None:
        if self._shown is None or self._goal is None:
            return
        line = self._shown.line_of(*self._goal)
        self._goal = None
        if line is not None:
            self._show_line(line)

    def _show_line(self, line: int) -> None:
        self.move_cursor((line, 0))
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    # ── The width of the file ────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        width = self._preview.width if self._preview is not None else 0
        if not 0 < width < strip.cell_length or strip.text[width : width + 1].strip():
            return strip
        before, cell, after = strip.divide([width, width + 1, strip.cell_length])
        rule = [Segment(RULE, style) for _, style, _ in cell]
        return Strip.join([before, Strip(rule, 1).apply_style(Style(dim=True)), after])


class DraftView(LetterView):
    """The draft of the open case, rendered on a thread whenever the typing pauses."""

    app = getters.app(ImrApp)

    def __init__(self, *, id: str, where: Callable[[], tuple[Place, int]]) -> None:
        """`where` returns the field that is being written, and the words before the cursor."""
        super().__init__(id=id)
        self._where = where

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.redraw)

    def redraw(self) -> None:
        """Show the letter as it is now, unless the view is hidden."""
        if self.app.case is not None and self.display:
            self._draft()

    @work(exclusive=True, group=BACKGROUND)
    async def _draft(self) -> None:
        try:
            preview = await in_thread(partial(self.app.parts.output.preview, draft=True))
        except ImrError as error:
            self.say(str(error))
            return
        if self.is_attached:
            self._goal = self._where()
            self.show(preview)


def title_of(preview: Preview, columns: int, room: int) -> str:
    """The title of a letter in `columns`, which says whether its lines are those of the file."""
    if not preview.width:
        return "Letter"
    if columns >= preview.width:
        return f"Letter, with the file's lines of up to {preview.width} columns"
    title = f"Letter, re-wrapped: the file has lines of up to {preview.width} columns"
    if len(title) <= room - _TITLE_MARGIN:
        return title
    return f"Letter, re-wrapped (file: {preview.width} columns)"


def _same_line(before: ScreenLetter, after: ScreenLetter, line: int) -> int:
    """The line after a new wrap that begins the paragraph of a line before it."""
    paragraph = before.sources[line] if line < len(before.sources) else 0
    return after.sources.index(paragraph) if paragraph in after.sources else 0
