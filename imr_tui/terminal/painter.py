"""The painter: sends only the cells that differ from those that the terminal shows.

It replaces `App._display`; `tests/test_textual_contract.py` checks that Textual still calls that as
expected. Updates of an unknown type are painted by the stock method.
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
"""How long an incomplete new screen is held before it is sent anyway."""
SYNC_MIN_CHARS = 200
"""Frames of more characters than this are sent as a synchronized update."""

_INCOMPATIBLE = (AttributeError, TypeError, ValueError, LookupError)


class Painter:
    """Keeps a cell buffer of the terminal and sends what differs from it."""

    def __init__(self, app: App[object], is_settling: Callable[[], bool]) -> None:
        """`is_settling` tells whether a key is still taking effect."""
        self._app = app
        self._is_settling = is_settling
        self.is_differential = True
        """False after an update that this Textual version does not support."""
        self.buffer = CellBuffer()
        """The cells that the terminal shows."""
        self.held_timer: Timer | None = None
        """Runs while an incomplete new screen is held."""
        self._screen: Screen[object] | None = None
        self._strips = StripCache()

    def repaint_all(self) -> None:
        """Repaint everything; another program may have written to the terminal."""
        self.buffer.invalidate()
        self._app.refresh()

    # ── A new screen ─────────────────────────────────────────────────────────────────────

    def _is_held_back(self, screen: Screen[object]) -> bool:
        """Whether `screen` replaces another one and is still incomplete."""
        if self._screen in (None, screen) or not self._is_settling():
            self._screen = screen
            return False
        if self.held_timer is None:
            self.held_timer = self._app.set_timer(HELD_SECONDS, self.release_held)
        return True

    def release_held(self) -> None:
        """Send the new screen that was held."""
        if self.held_timer is None or not self._app.screen_stack:
            return
        self.held_timer.stop()
        self.held_timer = None
        self._screen = screen = self._app.screen
        behind = self._app._background_screens
        self._app._display(screen, screen._compositor.render_update(True, behind))

    # ── A frame ──────────────────────────────────────────────────────────────────────────

    def paint(self, screen: Screen[object], update: object) -> bool:
        """Paint `update`; return False if the stock method has to."""
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
            # An incompatible Textual. The output so far is correct; stock repaints are only longer.
            self.is_differential = False
            return None

    def _is_on_terminal(self) -> bool:
        """Whether output goes to a terminal now."""
        app = self._app
        is_off = app._batch_count or app._closed or app.is_headless or app._driver is None
        return app.is_running and not is_off

    def _write_damage(self, damage: Iterable[Damage]) -> str:
        """Return the output for the damaged strips, and the final cursor move."""
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
