"""The display: the colours and characters of a terminal, its size, and where its cursor belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter

from imr_tui.terminal.ascii_fallback import AsciiFallback
from imr_tui.terminal.capabilities import Capabilities, Colours
from imr_tui.terminal.cursor import caret_of
from imr_tui.terminal.focus import is_field, is_text
from imr_tui.terminal.low_colour import PLAIN, Plain
from imr_tui.terminal.sanitizer import Sanitizer
from imr_tui.terminal.too_small import at_least, is_small, notice

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Offset, Size
    from textual.timer import Timer

    from imr_tui.terminal.input_pipeline import InputPipeline
    from imr_tui.terminal.input_queue import InputQueue
    from imr_tui.terminal.painter import Painter

RESIZE_SECONDS = 0.1
"""How long a new size waits for another one; who drags a window passes many."""
_SYSTEMS: dict[Colours, ColorSystem] = {
    "full": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.STANDARD,
}
_ALWAYS = ("ctrl+s", "ctrl+q")


class Display:
    """Shows nothing that the terminal cannot show; a step of the input pipeline."""

    def __init__(
        self,
        app: App[object],
        pipeline: InputPipeline,
        queue: InputQueue,
        painter: Painter,
        transliteration: Mapping[str, str],
        unsafe: str,
        status: Callable[[], str],
    ) -> None:
        """`transliteration`: the ASCII forms of characters. `unsafe`: a pattern for a character
        that is not painted. `status`: the state of the work."""
        self._app = app
        self._pipeline = pipeline
        self._queue = queue
        self._painter = painter
        self._transliteration = transliteration
        self._unsafe = unsafe
        self._status = status
        self._has_begun = False
        self._size: Size | None = None
        self._next_size: events.Resize | None = None
        self._resizing: Timer | None = None
        self._noticed: tuple[Size, str] | None = None
        self._filters: list[LineFilter] = []
        self.capabilities = Capabilities()
        """The capabilities of the terminal."""
        queue.on_idle.append(self._begin)

    def _begin(self) -> None:
        self._has_begun = True

    # ── Colours and characters ───────────────────────────────────────────────────────────

    def fit(self, capabilities: Capabilities) -> None:
        """Show nothing from now on but what a terminal of these capabilities can."""
        app = self._app
        self.capabilities = capabilities
        app.no_color = capabilities.are_plain
        self._painter.frame.erases = capabilities.erases
        self._filters = [Sanitizer(self._unsafe)]
        if capabilities.characters == "ASCII":
            self._filters.append(AsciiFallback(self._transliteration))
        if capabilities.are_plain:
            self._filters.append(Plain(has_colours=capabilities.colours == "16"))
        app.console._color_system = _SYSTEMS[capabilities.colours]
        app.register_theme(PLAIN)
        app.theme = PLAIN.name if capabilities.are_plain else "textual-dark"

    def filters(self, stock: Sequence[LineFilter]) -> Sequence[LineFilter]:
        """The filters that all that is painted goes through, and none named by a variable."""
        return [*(each for each in stock if isinstance(each, ANSIToTruecolor)), *self._filters]

    # ── Size ─────────────────────────────────────────────────────────────────────────────

    @property
    def is_small(self) -> bool:
        """Whether the terminal is smaller than the screens, which stay as they were."""
        return self._size is not None and is_small(self._size)

    async def __call__(self, event: events.Event) -> events.Event | None:
        if isinstance(event, events.Resize):
            return self._resized(event)
        return event if not self.is_small or self._is_for_the_unseen(event) else None

    def _is_for_the_unseen(self, event: events.Event) -> bool:
        """Whether `event` may take effect while no screen is seen: text, saving, quitting."""
        if not isinstance(event, events.Key) or event.is_forwarded or event.key in _ALWAYS:
            return True
        return is_field(self._app.focused) and not self._queue.may_change_focus(event)

    def _resized(self, event: events.Resize) -> events.Resize | None:
        """The event of a new size that the screens fit, unless one has only just been taken."""
        if self._has_begun or event.size != self._size:
            # A terminal that changes its size puts its cells anywhere, also if it changes it back.
            # The driver tells the first size more than once.
            self._painter.repaint_all()
        if self._resizing is not None:
            self._next_size = event
            return None
        if self._size is not None:
            self._resizing = self._app.set_timer(RESIZE_SECONDS, self._resize_again)
        was_small, self._size = self.is_small, event.size
        self._app.call_later(self._follow_size, was_small)
        fitting = at_least(event.size)
        return events.Resize(fitting, fitting)

    def _follow_size(self, was_small: bool) -> None:
        if self.is_small or was_small:
            self._app.refresh()
        if is_text(focused := self._app.focused):
            self._app.call_after_refresh(focused.scroll_cursor_visible)

    async def _resize_again(self) -> None:
        self._resizing = None
        if self._next_size is not None:
            event, self._next_size = self._next_size, None
            # Not posted: a newer size could be taken before it, and it would come last.
            if (fitting := self._resized(event)) is not None:
                await self._pipeline.resume(fitting, self)

    def shown(self, renderable: object) -> object:
        """The update to paint: `renderable`, or a notice where the screens do not fit."""
        if not self.is_small or self._size is None:
            self._noticed = None
            return renderable
        if self._noticed == (now := (self._size, self._status())):
            return None
        self._noticed = now
        return notice(*now)

    # ── Cursor ───────────────────────────────────────────────────────────────────────────

    @property
    def caret(self) -> Offset | None:
        """The cell that the terminal's cursor belongs into; None where it is better hidden."""
        return None if self.is_small else caret_of(self._app.focused)
