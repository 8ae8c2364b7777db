"""The terminal of a session of plain mode: its echo, and the editor that may have it."""

from __future__ import annotations

import fcntl
import os
import sys
import termios
from contextlib import suppress

from imr_tui.terminal.tty import Terminal

_LOCAL_MODES = 3
"""The index of the local modes in what `tcgetattr` returns."""


class LineTerminal:
    """Standard input, a terminal or a pipe."""

    has_app_modes = True
    """Whether it may have to be restored: a PIN may be typed when the session is killed."""

    def __init__(self) -> None:
        self._descriptor = sys.stdin.fileno()
        self.for_programs = _for_programs(self._descriptor)
        """Runs an editor on it; None for a pipe, and for the terminal of another user."""
        self._modes = termios.tcgetattr(self._descriptor) if self.for_programs else None

    def fileno(self) -> int:
        """Its descriptor."""
        return self._descriptor

    def restore(self) -> None:
        """Turn on the echo, unless a shell has set its own modes already. For any process.

        A program that still has the terminal is hung up first.
        """
        with suppress(OSError, termios.error):
            if self.for_programs is not None and self._modes and self.for_programs.has_child:
                self.for_programs.reclaim()
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self._modes)
            modes = termios.tcgetattr(self._descriptor)
            local = modes[_LOCAL_MODES]
            # A shell that edits its line turns off both.
            if local & termios.ICANON and not local & termios.ECHO:
                modes[_LOCAL_MODES] = local | termios.ECHO
                termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)

    def detach(self) -> None:
        """Give up the controlling terminal, and read from and write to /dev/null instead."""
        with suppress(OSError):
            fcntl.ioctl(self._descriptor, termios.TIOCNOTTY)
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            for descriptor in range(3):
                os.dup2(nothing, descriptor)
            os.close(nothing)


def _for_programs(descriptor: int) -> Terminal | None:
    """The terminal behind a descriptor, for other programs; None if it cannot be used for them."""
    if not os.isatty(descriptor):
        return None
    with suppress(OSError, termios.error):
        return Terminal()
    return None
