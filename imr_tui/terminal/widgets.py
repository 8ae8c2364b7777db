"""Stock widgets, changed for a slow line and for a screen that others may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Region
from textual.renderables.blank import Blank
from textual.screen import ModalScreen
from textual.widgets import Input

from imr_tui.terminal.focus import SCROLL_DIVISOR

if TYPE_CHECKING:
    from textual.geometry import Offset
    from textual.widget import Widget


class SteadyInput(Input):
    """An input whose long text scrolls seldom, by a third, and whose cursor is the terminal's."""

    @property
    def _window(self) -> int:
        """Columns that are in view."""
        return int(self.scrollable_content_region.width)

    @property
    def content_width(self) -> int:
        """Columns that can be scrolled to, some of them beyond the end of a long text."""
        width = super().content_width
        return width + (self._window // SCROLL_DIVISOR if width > self._window else 0)

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        """Scroll the caret into view, and where it has left it some columns beyond it, too."""
        room, left = self._window // SCROLL_DIVISOR, int(self.scroll_offset.x)
        if region.x < left:
            region = Region(region.x - room, region.y, 1 + room, region.height)
        elif region.x >= left + self._window:
            region = region.grow((0, room, 0, 0))
        return super().scroll_to_region(region, **options)

    def validate__cursor_visible(self, _: bool) -> bool:
        """Paint no cursor: the terminal's own is there."""
        return False


class OpaqueScreen(ModalScreen[None]):
    """A screen that shows nothing but itself: no screen below it, and no notifications."""

    def render(self) -> Any:
        # The stock method shows the screen below as long as the style sheet is not applied.
        return Blank(self.styles.background.with_alpha(1))

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Have no room for earlier notifications; no style can keep those from showing."""
