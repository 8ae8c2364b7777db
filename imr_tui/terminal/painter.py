"""Sends the terminal what differs from what it shows, where the stock app sends all it has drawn.

Overrides `App._display`; `tests/test_textual_contract.py` checks that Textual still calls it as
expected. An update of an unknown kind is painted the stock way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.color import ColorSystem

from imr_tui.terminal.cell_buffer import Frame, cells_of
from imr_tui.terminal.damage import Place, Strips, places_of
from imr_tui.terminal.paste_policy import PastePolicy
from imr_tui.terminal.sgr import Pen, pen_of

if TYPE_CHECKING:
    from rich.style import Style
    from textual.screen import Screen
    from textual.timer import Timer

SYNC_BEGINS, SYNC_ENDS = "\x1b[?2026h", "\x1b[?2026l"
HOLD_SECONDS = 0.1
"""How long a new screen may come about before it is sent as it is."""
LARGE = 200
"""Characters from which on a frame is worth the marks that let it appear at once."""

_NOT_UNDERSTOOD = (AttributeError, TypeError, ValueError, LookupError)


class PaintingApp(PastePolicy):
    """An app that knows what the terminal shows."""

    def __init__(self) -> None:
        super().__init__()
        self.is_sparing = True
        """Whether differences are sent; False once there was a frame that was not understood."""
        self._frame = Frame()
        self._shown: Screen[object] | None = None
        self._hold: Timer | None = None
        self._strips = Strips()

    def repaint_all(self) -> None:
        """Send everything: something else may have written to the terminal."""
        self._frame.forget()
        self.refresh()

    def action_redraw(self) -> None:
        """Paint everything."""
        self.repaint_all()

    # ── A new screen ─────────────────────────────────────────────────────────────────────

    def _is_unfinished(self, screen: Screen[object]) -> bool:
        """Whether `screen` takes the place of another, and is still coming about."""
        if self._shown in (None, screen) or not self._is_settling:
            self._shown = screen
            return False
        if self._hold is None:
            self._hold = self.set_timer(HOLD_SECONDS, self.come_to_rest)
        return True

    def come_to_rest(self) -> None:
        """Send the screen that was held back until it is whole."""
        if self._hold is None or not self._screen_stack:
            return
        self._hold.stop()
        self._hold = None
        self._shown = self.screen
        stack = self._background_screens
        self._display(self._shown, self._shown._compositor.render_update(True, stack))

    # ── A frame ──────────────────────────────────────────────────────────────────────────

    def _display(self, screen: Screen[object], renderable: object) -> None:
        text = self._difference(screen, renderable) if self.is_sparing else None
        if text is not None:
            self._send(text)
            self.post_display_hook()
            return
        if self.is_sparing and renderable is not None and self._is_painting():
            self._frame.forget()
        super()._display(screen, renderable)  # type: ignore[arg-type]

    def _difference(self, screen: Screen[object], update: object) -> str | None:
        """What makes the terminal show `update`; None where the stock method has to see to it."""
        try:
            places = places_of(update) if self._is_painting() else None
            if places is None:
                return None
            return "" if self._is_unfinished(screen) else self._differing(places)
        except _NOT_UNDERSTOOD:
            # Another Textual. What was sent until now is right, and what follows is just longer.
            self.is_sparing = False
            return None

    def _is_painting(self) -> bool:
        """Whether what is drawn goes to a terminal now."""
        is_off = self._batch_count or self._closed or self.is_headless or self._driver is None
        return self._running and not is_off

    def _differing(self, places: Iterable[Place]) -> str:
        """What makes the terminal show these strips, and its cursor stand at the caret."""
        frame = self._frame
        if frame.fit(*self.size):
            self._strips.forget(self.size.height)
        sent = [
            frame.paint(x, y, cells_of(strip, self._pen))
            for x, y, strip in self._strips.new(places)
        ]
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        sent.append(frame.move(x, y))
        return "".join(sent)

    def _pen(self, style: Style | None) -> Pen:
        return pen_of(style, self.console._color_system or ColorSystem.TRUECOLOR)

    def _send(self, text: str) -> None:
        if self._sync_available and len(text) > LARGE:
            text = f"{SYNC_BEGINS}{text}{SYNC_ENDS}"
        if text and self._driver is not None:
            self._driver.write(text)
            self._driver.flush()
