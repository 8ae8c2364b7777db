"""The display: colours, characters and size of the terminal, and its cursor position."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.segment import Segment
from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip

from imr_tui.terminal.capabilities import Capabilities, Colours
from imr_tui.terminal.filters import LOW_COLOUR_THEME, AsciiFallback, LowColour, Sanitizer
from imr_tui.terminal.focus import caret_of, is_text_area, is_text_field

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Offset
    from textual.theme import Theme
    from textual.timer import Timer

    from imr_tui.terminal.input_queue import InputPipeline, InputQueue
    from imr_tui.terminal.painter import Painter

MIN_SIZE = Size(60, 20)
"""The smallest size at which every screen is complete."""
RESIZE_SECONDS = 0.1
"""Seconds between two resizes; dragging a window border sends many."""
_SYSTEMS: dict[Colours, ColorSystem] = {
    "full": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.STANDARD,
}


class Display:
    """Adapts the app to the terminal's capabilities; a step of the input pipeline."""

    def __init__(
        self,
        app: App[object],
        pipeline: InputPipeline,
        queue: InputQueue,
        painter: Painter,
        transliteration: Mapping[str, str],
        unsafe: str,
        status: Callable[[], str],
        theme: Theme | None,
        keys_when_small: frozenset[str],
        hint_when_small: str,
    ) -> None:
        """`transliteration` maps characters to ASCII; `unsafe` is a pattern for one character that
        is not painted; `status` describes the state of the work; `theme` has the colours of
        terminals that have enough of them; the last two are as in `TerminalOptions`."""
        self._app = app
        self._pipeline = pipeline
        self._queue = queue
        self._painter = painter
        self._transliteration = transliteration
        self._unsafe = unsafe
        self._status = status
        self._theme = theme
        self._keys_when_small = keys_when_small
        self._hint_when_small = hint_when_small
        self._has_started = False
        self._size: Size | None = None
        self._pending_resize: events.Resize | None = None
        self._resize_timer: Timer | None = None
        self._last_notice: tuple[Size, str] | None = None
        self._filters: list[LineFilter] = []
        self.capabilities = Capabilities()
        """The capabilities of the terminal."""
        queue.on_idle.append(self._start)

    def _start(self) -> None:
        self._has_started = True

    # ── Colours and characters ───────────────────────────────────────────────────────────

    def apply(self, capabilities: Capabilities) -> None:
        """Restrict output to these capabilities."""
        app = self._app
        self.capabilities = capabilities
        app.no_color = capabilities.is_low_colour
        self._painter.buffer.has_bce = capabilities.has_bce
        self._filters = [Sanitizer(self._unsafe)]
        if capabilities.characters == "ASCII":
            self._filters.append(AsciiFallback(self._transliteration))
        if capabilities.is_low_colour:
            self._filters.append(LowColour(has_colours=capabilities.colours == "16"))
        app.console._color_system = _SYSTEMS[capabilities.colours]
        theme = LOW_COLOUR_THEME if capabilities.is_low_colour else self._theme
        if theme is not None:
            app.register_theme(theme)
        app.theme = theme.name if theme is not None else "textual-dark"
        # The style sheet is then read once, with these colours.
        app.stylesheet.set_variables(app.get_css_variables())

    def filters(self, stock: Sequence[LineFilter]) -> Sequence[LineFilter]:
        """The line filters for all output, without those that environment variables add."""
        return [*(each for each in stock if isinstance(each, ANSIToTruecolor)), *self._filters]

    # ── Size ─────────────────────────────────────────────────────────────────────────────

    @property
    def is_small(self) -> bool:
        """Whether the terminal is smaller than MIN_SIZE; the screens then keep their size."""
        return self._size is not None and _is_small(self._size)

    async def __call__(self, event: events.Event) -> events.Event | None:
        if isinstance(event, events.Resize):
            return self._accept_resize(event)
        return event if not self.is_small or self._is_allowed_when_small(event) else None

    def _is_allowed_when_small(self, event: events.Event) -> bool:
        """Whether `event` is allowed while the screens are hidden: text input, saving, quitting."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return True
        if event.key in self._keys_when_small:
            return True
        return is_text_field(self._app.focused) and not self._queue.may_change_focus(event)

    def _accept_resize(self, event: events.Resize) -> events.Resize | None:
        """Return a resize to at least MIN_SIZE, or None if it is deferred to the resize timer."""
        if self._has_started or event.size != self._size:
            # A resize may move cells anywhere, even if the size ends up the same. The driver
            # reports the first size more than once.
            self._painter.repaint_all()
        if self._resize_timer is not None:
            self._pending_resize = event
            return None
        if self._size is not None:
            self._resize_timer = self._app.set_timer(RESIZE_SECONDS, self._take_pending_resize)
        was_small, self._size = self.is_small, event.size
        self._app.call_later(self._after_resize, was_small)
        fitting = at_least(event.size)
        return events.Resize(fitting, fitting)

    def _after_resize(self, was_small: bool) -> None:
        if self.is_small or was_small:
            self._app.refresh()
        if is_text_area(focused := self._app.focused):
            self._app.call_after_refresh(focused.scroll_cursor_visible)

    async def _take_pending_resize(self) -> None:
        self._resize_timer = None
        if self._pending_resize is not None:
            event, self._pending_resize = self._pending_resize, None
            # Not posted: a newer resize could be handled first, and this one would then override
            # it.
            if (fitting := self._accept_resize(event)) is not None:
                await self._pipeline.resume(fitting, self)

    def update_for(self, renderable: object) -> object:
        """The update to paint: `renderable`, or a notice if the terminal is too small."""
        if not self.is_small or self._size is None:
            self._last_notice = None
            return renderable
        if self._last_notice == (now := (self._size, self._status())):
            return None
        self._last_notice = now
        return _notice(*now, self._hint_when_small)

    # ── Cursor ───────────────────────────────────────────────────────────────────────────

    @property
    def caret(self) -> Offset | None:
        """The cell for the terminal's cursor; None if the cursor is hidden."""
        return None if self.is_small else caret_of(self._app.focused)


def _is_small(size: Size) -> bool:
    """Whether `size` is smaller than MIN_SIZE."""
    return size.width < MIN_SIZE.width or size.height < MIN_SIZE.height


def at_least(size: Size) -> Size:
    """Enlarge `size` to MIN_SIZE."""
    return Size(max(size.width, MIN_SIZE.width), max(size.height, MIN_SIZE.height))


def _notice(size: Size, status: str, hint: str) -> CompositorUpdate:
    """Fill a too small terminal with the required size, its own size and the state of the work."""
    text = (
        f"Needs {MIN_SIZE.width}x{MIN_SIZE.height}, has {size.width}x{size.height}. "
        f"{status or 'No case is open'}. {hint}"
    )
    lines = textwrap.wrap(text, max(size.width, 1))[: size.height]
    lines += [""] * (size.height - len(lines))
    strips = [[Strip([Segment(line.ljust(size.width))])] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, *size))  # type: ignore[arg-type]
