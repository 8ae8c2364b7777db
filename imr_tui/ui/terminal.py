"""The terminal the app runs on: written to without ever waiting, and put back as it was."""

import os
import select
import signal
import termios
import threading
import time
from contextlib import suppress

RESTORE_SECONDS = 0.5
"""How long putting it back may take; a terminal that takes nothing until then is left."""

RESTORED = (
    b"\x1b[?2026l"  # paint at once again
    b"\x1b[?2004l\x1b[?2048l"  # no marks around pastes, no reports of the size
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # no mouse
    b"\x1b[?7h"  # long lines wrap
    b"\x1b[<u"  # the keys of before, while their stack is still the one of this screen
    b"\x1b[?1049l"  # the main screen
    b"\x1b[m\x1b[?25h\x1b[?1004l"  # no colour, a cursor, no reports of the focus
)
"""Undoes every mode that the app or Textual may have set."""

_LFLAG = 3


class Terminal:
    """A descriptor of its own, which never blocks, and the settings from before the app."""

    def __init__(self) -> None:
        self._descriptor = _opened()
        self._before = termios.tcgetattr(self._descriptor)
        self._lock = threading.Lock()
        self._is_over = False
        self.is_taken = False
        """Whether the app has set modes that have to be undone."""

    def write(self, data: bytes | memoryview) -> int:
        """Write what it takes at this moment; how much that was. Raises OSError if it is gone.

        Once it is restored, all is taken and none is written.
        """
        with self._lock:
            return len(data) if self._is_over else self._write(data)

    def wait(self, seconds: float) -> bool:
        """Wait until it takes output, or is gone; False if neither comes about."""
        return bool(select.select([], [self._descriptor], [], seconds)[1])

    def restore(self) -> None:
        """Put the screen and the line back, from any thread, whatever state they are in."""
        with self._lock:
            self._is_over = True
        # Whoever is no longer in the foreground would be stopped for it.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with suppress(OSError, termios.error):
            self._restore_screen()
        with suppress(OSError, termios.error):
            self._restore_line()

    def _restore_screen(self) -> None:
        if not self.wait(0):
            # Nobody reads it: what is on its way there has to make room.
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        deadline = time.monotonic() + RESTORE_SECONDS
        rest = memoryview(RESTORED)
        while rest and self.wait(max(0.0, deadline - time.monotonic())):
            rest = rest[self._write(rest) :]

    def _restore_line(self) -> None:
        if termios.tcgetattr(self._descriptor)[_LFLAG] & termios.ISIG:
            # Not as the app set it, so a shell has taken it back already.
            return
        # The rest of a paste must not be run by the shell.
        termios.tcflush(self._descriptor, termios.TCIFLUSH)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def _write(self, data: bytes | memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def fileno(self) -> int:
        """The descriptor, for who closes all others."""
        return self._descriptor


def _opened() -> int:
    """The terminal of standard input, opened anew: what is shared cannot be made non-blocking."""
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        return os.open(os.ttyname(0), flags)
    except OSError:
        # It belongs to somebody else, as after `su`, or has no name in here.
        return os.open(os.ctermid(), flags)
