"""Textual's driver, made safe for connections that stall or break and for job control."""

from __future__ import annotations

import os
import shutil
import signal
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from imr_tui.terminal import job_control
from imr_tui.terminal.input_reader import InputReader
from imr_tui.terminal.output_queue import OutputQueue
from imr_tui.terminal.tty import Terminal

if TYPE_CHECKING:
    from imr_tui.terminal.support import TerminalSupport

_MODES = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
_KITTY_KEYS = "\x1b[>25u"
_REPORT_SIZE = "\x1b[?2048h"
_MOUSE = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
_NO_MOUSE = b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
_SUSPEND_SEQUENCE = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h\x1b[<u\x1b[m\x1b[2J\x1b[H\x1b[?25h"
)
"""Resets all modes and clears the screen, but stays on the alternate screen."""


class TerminalDriver(LinuxDriver):
    """Writes through an output queue, reads until hangup, and ignores suspend requests."""

    def __init__(
        self,
        app: TerminalSupport,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._io = app.io
        self._reader = InputReader(app.io, self.fileno, self.process_message, has_mouse=self._mouse)
        self._terminal = app.io.options.terminal or Terminal()
        self._sends_queries = not app.io.display.capabilities.is_low_colour
        self._output: OutputQueue | None = None
        self._is_cursor_shown = False
        self._attributes: list[Any] | None = None
        self._app_attributes: list[Any] = []
        self._child_attributes: list[Any] = []
        # Suspending would have to restore the screen, and reviewers do not need it.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, self._continued)

    @property
    def can_suspend(self) -> bool:
        return False

    # ── Writing ──────────────────────────────────────────────────────────────────────────

    def start_application_mode(self) -> None:
        self._output = OutputQueue(self._terminal, self._repaint)
        self._is_cursor_shown = False
        self._terminal.has_app_modes = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        try:
            self._attributes = self._app_attributes = termios.tcgetattr(self.fileno)
        except termios.error:
            self._hang_up()

    def stop_application_mode(self) -> None:
        if self._terminal.reclaim() and self._output is not None:
            self._output.resume()
        self._attributes = None
        super().stop_application_mode()

    def write(self, data: str) -> None:
        # Filters have replaced everything that the terminal cannot show.
        if self._output is not None:
            self._output.put(data.encode("utf-8", "backslashreplace"))

    def show_cursor(self, is_shown: bool) -> None:
        """Show or hide the terminal's cursor."""
        if is_shown != self._is_cursor_shown:
            self._is_cursor_shown = is_shown
            self.write("\x1b[?25h" if is_shown else "\x1b[?25l")

    def _request_terminal_sync_mode_support(self) -> None:
        if self._sends_queries:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if self._sends_queries:
            super()._query_in_band_window_resize()

    def close(self) -> None:
        super().close()
        if self._output is not None and not self._output.close():
            self._terminal.restore()
        self._terminal.has_app_modes = False

    def _repaint(self) -> None:
        self._io.app.call_later(self._io.painter.repaint_all)

    # ── Reading ──────────────────────────────────────────────────────────────────────────

    def run_input_thread(self) -> None:
        try:
            if not self._reader.run(self.exit_event):
                self._hang_up()
        except Exception as error:
            # The stock method shows a traceback.
            self._io.app.call_later(self._io.app._handle_exception, error)

    def _hang_up(self) -> None:
        # A hangup ends the app like the signal does, also where the kernel sends none.
        os.kill(os.getpid(), signal.SIGHUP)

    # ── Suspended for another program ────────────────────────────────────────────────────

    def suspend(self) -> bool:
        """Reset the modes for another program; return False if the terminal accepts no output.

        Blocks, so call it on another thread.
        """
        assert self._output is not None
        self._attributes = None
        self._stop_reading()
        if (
            self._output.suspend(_NO_MOUSE * self._mouse + _SUSPEND_SEQUENCE)
            and self.attrs_before is not None
        ):
            self._terminal.set_attributes(self.attrs_before)
            return True
        return False

    def resume(self) -> None:
        """Restore modes and settings after `suspend`, and repaint."""
        if self._output is None or self._attributes is not None:
            return
        self._output.resume()
        with suppress(termios.error):
            # Input meant for the other program must not reach this one.
            termios.tcflush(self.fileno, termios.TCIFLUSH)
            self._attributes = self._app_attributes
            self._terminal.set_attributes(self._attributes)
        self.write(_MODES)
        self._is_cursor_shown = False
        self._enable_optional_modes()
        if self._in_band_window_resize:
            self.write(_REPORT_SIZE)
        self._key_thread = Thread(target=self.run_input_thread, name="textual-input")
        self._key_thread.start()
        size = Size(*shutil.get_terminal_size())
        self._io.app.post_message(events.Resize(size, size))
        self._io.app.call_later(self._io.painter.repaint_all)

    def _enable_optional_modes(self) -> None:
        """Ask for what the stock driver asks for once only, as far as it is wanted."""
        if self._mouse:
            self.write(_MOUSE)
        if not constants.DISABLE_KITTY_KEY:
            self.write(_KITTY_KEYS)

    def pause_child(self) -> None:
        """Stop the child program and use the terminal meanwhile."""
        with suppress(termios.error):
            self._child_attributes = self._terminal.pause_child()
        self.resume()

    def resume_child(self) -> bool:
        """Hand the terminal back to the child; return False if it accepts no output. Blocks."""
        if not self.suspend():
            return False
        with suppress(termios.error):
            self._terminal.resume_child(self._child_attributes)
        return True

    def last_input_time(self) -> float:
        """Unix time of the last read from the terminal, by any process, to some seconds."""
        return os.fstat(self.fileno).st_atime

    def reclaim(self) -> None:
        """Hang up on the child program and wait for its exit."""
        self._terminal.reclaim()

    def _stop_reading(self) -> None:
        if self._key_thread is not None:
            self.exit_event.set()
            self._key_thread.join()
            self.exit_event.clear()

    def run(self, argv: Sequence[str], environment: Mapping[str, str]) -> int:
        """Run a program on the suspended terminal; return its exit code, or minus its signal.

        Raises OSError if it cannot be started.
        """
        return job_control.run(argv, environment, self._terminal, self._hang_up)

    # ── Stopped and continued by a shell ─────────────────────────────────────────────────

    def _continued(self, *_: object) -> None:
        if self._attributes is not None and self._io.loop is not None:
            self._io.loop.call_soon_threadsafe(self._reenter)

    def _reenter(self) -> None:
        """Set again the modes that a shell may have reset, and repaint."""
        if self._attributes is None or self._is_in_background():
            return
        # So much time may have gone by that it shows nothing any more. A signal may come at a
        # moment at which no message is handled, and so no app is the active one.
        with self._io.app._context():
            self._io.options.on_continue()
        with suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, self._attributes)
            self.write(_MODES)
            self._enable_optional_modes()
            self._is_cursor_shown = False
            self._io.painter.repaint_all()

    def _is_in_background(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:
            # Not the controlling terminal, so there is no job control.
            return False
