"""Runs another program, such as an editor, on the terminal of a session of plain mode."""

from __future__ import annotations

import os
import signal
import termios
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from imr_tui.session.idle import CHECK_SECONDS, Due, due, seconds
from imr_tui.terminal import job_control

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imr_tui.plain.session import PlainSession
    from imr_tui.terminal.tty import Terminal


def run_outside(
    command: Sequence[str],
    environment: Mapping[str, str],
    session: PlainSession,
    terminal: Terminal,
) -> int:
    """Run a program in the foreground; its exit code, or minus the signal that ended it.

    When nobody types for too long, it is stopped and the session locked; if the session ends
    meanwhile, it is hung up. Raises OSError if it cannot be started, Ended if the session ends.
    """
    attributes = termios.tcgetattr(terminal.fileno())
    outside = _Outside(command, environment, terminal)
    try:
        outside.start()
        _watch(outside, terminal, session, attributes)
    finally:
        terminal.reclaim()
        outside.join()
        with suppress(termios.error):
            # Input that was meant for the other program must not reach this one.
            termios.tcflush(terminal.fileno(), termios.TCIFLUSH)
            terminal.set_attributes(attributes)
    if outside.error is not None:
        raise outside.error
    return outside.status


class _Outside(Thread):
    """Waits for the program, so that the main thread can look at the clock and get signals."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], terminal: Terminal
    ) -> None:
        super().__init__(name="outside", daemon=True)
        self._command = command
        self._environment = environment
        self._terminal = terminal
        self.status = 0
        """The exit code of the program, or minus the signal that ended it."""
        self.error: OSError | None = None
        """Why it was not started, or None."""

    def run(self) -> None:
        try:
            self.status = job_control.run(
                self._command, self._environment, self._terminal, _hang_up
            )
        except OSError as error:
            self.error = error


def _hang_up() -> None:
    """End the session as a hangup does, also where the kernel sends no signal."""
    os.kill(os.getpid(), signal.SIGHUP)


def _watch(
    outside: _Outside, terminal: Terminal, session: PlainSession, attributes: list[Any]
) -> None:
    """Look at the clock every second until the program ends; keys that it gets count as typed."""
    touched, read_at = seconds(), _last_input(terminal)
    while outside.is_alive():
        outside.join(CHECK_SECONDS)
        if (now := _last_input(terminal)) != read_at:
            touched, read_at = seconds(), now
            session.console.typed()
        if outside.is_alive() and due(seconds() - touched, session.host) is not Due.NOTHING:
            _lock(terminal, session, attributes)
            touched = seconds()


def _lock(terminal: Terminal, session: PlainSession, attributes: list[Any]) -> None:
    """Stop the program while the session is locked; the terminal takes lines meanwhile."""
    of_program = attributes
    with suppress(termios.error):
        of_program = terminal.pause_child()
        terminal.set_attributes(attributes)
    session.console.look()
    with suppress(termios.error):
        terminal.resume_child(of_program)


def _last_input(terminal: Terminal) -> float:
    """Unix time of the last read from the terminal, by any process, to some seconds."""
    return os.fstat(terminal.fileno()).st_atime
