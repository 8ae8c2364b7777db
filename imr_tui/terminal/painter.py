"""The painter: sends the terminal only the cells that differ from those it shows.

It stands in for `App._display`; `tests/test_textual_contract.py` checks that Textual still calls it
as expected. An update of an unknown kind is painted the stock way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.color import ColorSystem

from imr_tui.terminal.cell_buffer import CellBuffer, to_cells
from imr_tui.terminal.damage import Damage, StripCache, damage_of
from imr_tui.terminal.sgr import Pen, pen_of

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App
    from textual.screen import Screen
    from textual.timer import Timer

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
HELD_SECONDS = 0.1
"""How long a new screen may take to be complete before it is sent as it is."""
SYNC_MIN_CHARS = 200
"""Characters from which on a frame is worth the marks that let it appear at once."""

_INCOMPATIBLE = (AttributeError, TypeError, ValueError, LookupError)


class Painter:
    """Knows the cells that the terminal shows, and makes it show others."""

    def __init__(self, app: App[object], is_settling: Callable[[], bool]) -> None:
        """`is_settling` tells whether a key is still having its effect."""
        self._app = app
        self._is_settling = is_settling
        self.is_differential = True
        """False once there was a frame that was not understood."""
        self.buffer = CellBuffer()
        """The cells that the terminal shows."""
        self.held_timer: Timer | None = None
        """Runs while a new screen is held back until it is complete."""
        self._screen: Screen[object] | None = None
        self._strips = StripCache()

    def repaint_all(self) -> None:
        """Send everything: another program may have written to the terminal."""
        self.buffer.invalidate()
        self._app.refresh()

    # ── A new screen ─────────────────────────────────────────────────────────────────────

    def _is_held_back(self, screen: Screen[object]) -> bool:
        """Whether `screen` replaces another one, and is not complete yet."""
        if self._screen in (None, screen) or not self._is_settling():
            self._screen = screen
            return False
        if self.held_timer is None:
            self.held_timer = self._app.set_timer(HELD_SECONDS, self.release_held)
        return True

    def release_held(self) -> None:
        """Send the screen that was held back until it is complete."""
        if self.held_timer is None or not self._app._screen_stack:
            return
        self.held_timer.stop()
        self.held_timer = None
        self._screen = screen = self._app.screen
        behind = self._app._background_screens
        self._app._display(screen, screen._compositor.render_update(True, behind))

    # ── A frame ──────────────────────────────────────────────────────────────────────────

    def paint(self, screen: Screen[object], update: object) -> bool:
        """Make the terminal show `update`; False where the stock method has to do it."""
        text = self._diff(screen, update) if self.is_differential else None
        if text is not None:
            self._send(text)
            return True
        if self.is_differential and update is not None and self._is_on_terminal():
            self.buffer.invalidate()
        return False

    def _diff(self, screen: Screen[object], update: object) -> str | None:
        try:
            damage = damage_of(update) if self._is_on_terminal() else None
            if damage is None:
                return None
            return "" if self._is_held_back(screen) else self._write_damage(damage)
        except _INCOMPATIBLE:
            # Another Textual. What was sent until now is right, and what follows is just longer.
            self.is_differential = False
            return None

    def _is_on_terminal(self) -> bool:
        """Whether what is drawn goes to a terminal now."""
        app = self._app
        is_off = app._batch_count or app._closed or app.is_headless or app._driver is None
        return app._running and not is_off

    def _write_damage(self, damage: Iterable[Damage]) -> str:
        """The bytes that show these strips, and put the cursor into its place."""
        buffer, app = self.buffer, self._app
        if buffer.resize(*app.size):
            self._strips.clear(app.size.height)
        sent = [
            buffer.paint(x, y, to_cells(strip, self._pen))
            for x, y, strip in self._strips.changed(damage)
        ]
        x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
        sent.append(buffer.move(x, y))
        return "".join(sent)

    def _pen(self, style: Style | None) -> Pen:
        return pen_of(style, self._app.console._color_system or ColorSystem.TRUECOLOR)

    def _send(self, text: str) -> None:
        app = self._app
        if app._sync_available and len(text) > SYNC_MIN_CHARS:
            text = f"{SYNC_START}{text}{SYNC_END}"
        if text and app._driver is not None:
            app._driver.write(text)
            app._driver.flush()
