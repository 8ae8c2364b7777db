"""Textual's driver, but for what stops an app on a line that stalls, breaks or is stopped."""

import os
import select
import signal
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from imr_tui.ui.desk import Desk
from imr_tui.ui.outlet import Outlet
from imr_tui.ui.terminal import Terminal

_READ_BYTES = 65_536
_TICK_SECONDS = 0.1
"""How often the parser is asked whether an escape stands for itself."""
_MODES = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"


class TerminalDriver(LinuxDriver):
    """Writes through an outlet, reads until the terminal is gone, and is never suspended."""

    def __init__(
        self,
        app: Desk,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._terminal = app.terminal or Terminal()
        self._asks = not app.abilities.are_plain
        self._outlet: Outlet | None = None
        self._has_cursor = False
        self._settings: list[Any] | None = None
        # To stop, it would have to give the screen back, and a reader gains nothing by it.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        return False

    # ── Writing ──────────────────────────────────────────────────────────────────────────

    def start_application_mode(self) -> None:
        self._outlet = Outlet(self._terminal, self._repaint)
        self._has_cursor = False
        self._terminal.is_taken = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        try:
            self._settings = termios.tcgetattr(self.fileno)
        except termios.error:
            self._hang_up()

    def stop_application_mode(self) -> None:
        self._settings = None
        super().stop_application_mode()

    def write(self, data: str) -> None:
        # What the terminal cannot show has been replaced before it comes here.
        if self._outlet is not None:
            self._outlet.put(data.encode("utf-8", "backslashreplace"))

    def show_cursor(self, is_shown: bool) -> None:
        """Show the terminal's own cursor, or hide it."""
        if is_shown != self._has_cursor:
            self._has_cursor = is_shown
            self.write("\x1b[?25h" if is_shown else "\x1b[?25l")

    def _request_terminal_sync_mode_support(self) -> None:
        if self._asks:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if self._asks:
            super()._query_in_band_window_resize()

    def close(self) -> None:
        super().close()
        if self._outlet is not None and not self._outlet.close():
            self._terminal.restore()
        self._terminal.is_taken = False

    def _repaint(self) -> None:
        self._app.call_later(self._app.refresh)

    # ── Reading ──────────────────────────────────────────────────────────────────────────

    def run_input_thread(self) -> None:
        try:
            self._take_input()
        except Exception as error:
            # The stock method shows a traceback.
            self._app.call_later(self._app._handle_exception, error)

    def _take_input(self) -> None:
        parser = XTermParser()
        decode = getincrementaldecoder("utf-8")("backslashreplace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _TICK_SECONDS)[0]:
                data = self._read()
                if not data:
                    self._hang_up()
                    return
                # An empty text would tell the parser that this is the end.
                if text := decode(data):
                    for event in parser.feed(text):
                        self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def _read(self) -> bytes:
        """What was typed; nothing if nobody ever will again."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""

    def _hang_up(self) -> None:
        # A terminal that is gone is an ending like others, also where no signal comes of it.
        os.kill(os.getpid(), signal.SIGHUP)

    # ── Stopped by others, and let go on ─────────────────────────────────────────────────

    def _sigcont_application(self, *_: object) -> None:
        if self._settings is not None:
            self._loop.call_soon_threadsafe(self._take_again)

    def _take_again(self) -> None:
        """Set the modes that a shell may have set back meanwhile, and paint everything."""
        if self._settings is None or self._is_in_the_background():
            return
        with suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, self._settings)
            self.write(_MODES)
            self._has_cursor = False
            self._app.refresh()

    def _is_in_the_background(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:
            # Not the terminal of this session, so nobody takes turns at it.
            return False
