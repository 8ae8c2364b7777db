"""The painter: sends the terminal only the cells that differ from those it shows.

It stands in for `App._display`; `tests/test_textual_contract.py` checks that Textual still calls it
as expected. An update of an unknown kind is painted the stock way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.color import ColorSystem

from imr_tui.terminal.cell_buffer import Frame, cells_of
from imr_tui.terminal.damage import Place, Strips, places_of
from imr_tui.terminal.sgr import Pen, pen_of

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App
    from textual.screen import Screen
    from textual.timer import Timer

SYNC_BEGINS, SYNC_ENDS = "\x1b[?2026h", "\x1b[?2026l"
HOLD_SECONDS = 0.1
"""How long a new screen may take to be complete before it is sent as it is."""
LARGE = 200
"""Characters from which on a frame is worth the marks that let it appear at once."""

_NOT_UNDERSTOOD = (AttributeError, TypeError, ValueError, LookupError)


class Painter:
    """Knows the cells that the terminal shows, and makes it show others."""

    def __init__(self, app: App[object], is_settling: Callable[[], bool]) -> None:
        """`is_settling` tells whether a key is still having its effect."""
        self._app = app
        self._is_settling = is_settling
        self.is_painting_differences = True
        """False once there was a frame that was not understood."""
        self.frame = Frame()
        """The cells that the terminal shows."""
        self.hold: Timer | None = None
        """Runs while a new screen is held back until it is complete."""
        self._shown: Screen[object] | None = None
        self._strips = Strips()

    def repaint_all(self) -> None:
        """Send everything: another program may have written to the terminal."""
        self.frame.forget()
        self._app.refresh()

    # ── A new screen ─────────────────────────────────────────────────────────────────────

    def _is_unfinished(self, screen: Screen[object]) -> bool:
        """Whether `screen` replaces another one, and is not complete yet."""
        if self._shown in (None, screen) or not self._is_settling():
            self._shown = screen
            return False
        if self.hold is None:
            self.hold = self._app.set_timer(HOLD_SECONDS, self.release)
        return True

    def release(self) -> None:
        """Send the screen that was held back until it is complete."""
        if self.hold is None or not self._app.screen_stack:
            return
        self.hold.stop()
        self.hold = None
        self._shown = shown = self._app.screen
        stack = self._app._background_screens
        self._app._display(shown, shown._compositor.render_update(True, stack))

    # ── A frame ──────────────────────────────────────────────────────────────────────────

    def paint(self, screen: Screen[object], update: object) -> bool:
        """Make the terminal show `update`; False where the stock method has to do it."""
        text = self._difference(screen, update) if self.is_painting_differences else None
        if text is not None:
            self._send(text)
            return True
        if self.is_painting_differences and update is not None and self._is_on_terminal():
            self.frame.forget()
        return False

    def _difference(self, screen: Screen[object], update: object) -> str | None:
        try:
            places = places_of(update) if self._is_on_terminal() else None
            if places is None:
                return None
            return "" if self._is_unfinished(screen) else self._differing(places)
        except _NOT_UNDERSTOOD:
            # Another Textual. What was sent until now is right, and what follows is just longer.
            self.is_painting_differences = False
            return None

    def _is_on_terminal(self) -> bool:
        """Whether what is drawn goes to a terminal now."""
        app = self._app
        is_off = app._batch_count or app._closed or app.is_headless or app._driver is None
        return app.is_running and not is_off

    def _differing(self, places: Iterable[Place]) -> str:
        """The bytes that show these strips, and put the cursor into its place."""
        frame, app = self.frame, self._app
        if frame.fit(*app.size):
            self._strips.forget(app.size.height)
        sent = [
            frame.paint(x, y, cells_of(strip, self._pen))
            for x, y, strip in self._strips.new(places)
        ]
        x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
        sent.append(frame.move(x, y))
        return "".join(sent)

    def _pen(self, style: Style | None) -> Pen:
        return pen_of(style, self._app.console._color_system or ColorSystem.TRUECOLOR)

    def _send(self, text: str) -> None:
        app = self._app
        if app._sync_available and len(text) > LARGE:
            text = f"{SYNC_BEGINS}{text}{SYNC_ENDS}"
        if text and app._driver is not None:
            app._driver.write(text)
            app._driver.flush()
