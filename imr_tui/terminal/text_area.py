"""A text area that redraws only the lines that a key has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from imr_tui.terminal.focus import SCROLL_DIVISOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip
    from textual.widgets.text_area import Edit, EditResult, Location


class PartialTextArea(TextArea):
    """Redraws what an edit or a selection touches; the stock class redraws everything at each key.

    At the end of the window it scrolls by many lines at once, also at the end of the text, where
    the stock class scrolls line by line. Depends on private methods of Textual 8.2.8.
    """

    selection = reactive(Selection(), init=False, always_update=True, repaint=False)

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,
        read_only: bool = False,
    ) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            read_only=read_only,
            max_checkpoints=10_000,
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False

    _styled: object = None
    """The theme that lines were last drawn with, once the style sheet is applied."""

    def watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        # The cursor is not painted, so moving it changes no line.
        if self.is_mounted and not (previous_selection.is_empty and selection.is_empty):
            ends = (*previous_selection, *selection)
            self._draw(min(ends)[0], max(ends)[0])

    def edit(self, edit: Edit) -> EditResult:
        line, height = edit.top[0], self._height
        before = self._sections(line)
        result = super().edit(edit)
        after = self._sections(line)
        same = common_start(before, after)
        if self._height != height:
            self._draw(line, self.document.line_count, same)
        elif edit.bottom[0] == result.end_location[0] == line:
            end = (
                common_start(before[:same:-1], after[:same:-1]) if len(before) == len(after) else 0
            )
            self._draw(line, line, same, end)
        else:
            self._draw(line, max(edit.bottom[0], result.end_location[0]), same)
        return result

    def _sections(self, line: int) -> list[str]:
        """The wrapped rows of a line of the text."""
        return self.wrapped_document.get_sections(line)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> None:
        """Disabled: each key would search a long text, and prose has few brackets."""

    @property
    def _draw_cursor(self) -> bool:
        # The terminal's own cursor is used; a painted one costs two more cells at each key.
        return False

    def notify_style_update(self) -> None:
        self._styled = None
        super().notify_style_update()

    def on_resize(self) -> None:
        # Inside a frame, lines may already be drawn in the new width with the old line breaks.
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._styled is self._theme:
            # The stock method applies the style sheet first.
            return super(TextArea, self).render_lines(crop)
        self._styled = self._theme
        return super().render_lines(crop)

    def undo(self) -> None:
        super().undo()
        self.refresh()

    def redo(self) -> None:
        super().redo()
        self.refresh()

    # ── Scrolling ────────────────────────────────────────────────────────────────────────

    @property
    def _window(self) -> int:
        """Number of visible rows."""
        return int(self.scrollable_content_region.height)

    @property
    def _height(self) -> int:
        """Number of wrapped rows; the stock property counts them one by one."""
        return len(self.wrapped_document._offset_to_line_info)

    def _refresh_size(self) -> None:
        height = self._height
        if not self.soft_wrap or height <= self._window:
            super()._refresh_size()
            return
        self.virtual_size = Size(0, height + self._window // SCROLL_DIVISOR)
        self._refresh_scrollbars()

    def scroll_to_region(self, region: Region, *, center: bool = False, **options: Any) -> Offset:
        """Scroll to the cursor, and past it if it has left the window."""
        room, top = self._window // SCROLL_DIVISOR, self.scroll_offset.y
        if not center and not top <= region.y < top + self._window:
            y = region.y if region.y > top else region.y - room
            region = Region(region.x, y, region.width, 1 + room)
        return super().scroll_to_region(region, center=center, **options)

    # ── Drawing ──────────────────────────────────────────────────────────────────────────

    def _draw(self, first: int, last: int, above: int = 0, below: int = 0) -> None:
        """Redraw the visible rows of lines `first` to `last`.

        The first `above` rows of the first line and the last `below` rows of the last are
        unchanged.
        """
        wrapped, end = self.wrapped_document, self.document.line_count - 1
        top = wrapped.location_to_offset((min(first, end), 0)).y + above
        final = min(last, end)
        rows = len(wrapped.get_offsets(final)) + 1
        bottom = wrapped.location_to_offset((final, 0)).y + rows - below
        seen = self.scroll_offset.y
        top, bottom = max(top, seen), min(bottom, seen + self.size.height)
        if last > end:
            # The text became shorter: also redraw the rows below its end.
            bottom = seen + self.size.height
        if bottom > top:
            self.refresh_lines(top, bottom - top)


def common_start(one: Sequence[str], other: Sequence[str]) -> int:
    """Number of equal items at the start."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other))
    )
