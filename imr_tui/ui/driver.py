"""Textual's driver, but for what stops an app on a line that stalls, breaks or is stopped."""

import os
import select
import signal
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from imr_tui.ui.desk import Desk
from imr_tui.ui.keyboard import Keyboard, Pasted, Pressed, Refused, Token, escape_seconds
from imr_tui.ui.outlet import Outlet
from imr_tui.ui.sequences import is_kitty, is_report
from imr_tui.ui.terminal import Terminal

_READ_BYTES = 65_536
_TICK_SECONDS = 0.1
"""How often it is asked whether this is the end."""
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
        self._desk = app
        self._parser = XTermParser()
        self._terminal = app.terminal or Terminal()
        self._outlet: Outlet | None = None
        self._encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
        self._settings: list[Any] | None = None
        # To stop, it would have to give the screen back, and a reader gains nothing by it.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        return False

    # ── Writing ──────────────────────────────────────────────────────────────────────────

    def start_application_mode(self) -> None:
        self._outlet = Outlet(self._terminal, self._repaint)
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
        if self._outlet is not None:
            self._outlet.put(data.encode(self._encoding, "backslashreplace"))

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
        keyboard = Keyboard(_is_known, self._desk.is_in_text, escape_seconds(os.environ))
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        while not self.exit_event.is_set():
            due = keyboard.due(time.monotonic())
            wait = _TICK_SECONDS if due is None else min(due, _TICK_SECONDS)
            if select.select([self.fileno], [], [], wait)[0]:
                data = self._read()
                if not data:
                    self._hang_up()
                    return
                self._pass_on(keyboard.feed(decode(data), time.monotonic()))
            self._pass_on(keyboard.tick(time.monotonic()))

    def _pass_on(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            match token:
                case Pressed("\x1b"):
                    # The parser would wait for what comes behind it.
                    self.process_message(events.Key("escape", "\x1b"))
                case Pressed(sequence):
                    for event in self._parser.feed(sequence):
                        self.process_message(event)
                case Pasted(text, is_cut):
                    self.process_message(events.Paste(text))
                    if is_cut:
                        self._app.call_later(self._desk.tell_cut_off)
                case Refused():
                    self._app.call_later(self._desk.tell_unheard)

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
            self._app.refresh()

    def _is_in_the_background(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:
            # Not the terminal of this session, so nobody takes turns at it.
            return False


def _is_known(sequence: str) -> bool:
    """Whether `sequence` is a key, or a report that Textual has asked for."""
    if sequence in ANSI_SEQUENCES_KEYS or is_report(sequence):
        return True
    return not constants.DISABLE_KITTY_KEY and is_kitty(sequence)
