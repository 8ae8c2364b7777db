"""The terminal the app runs on: written to without ever waiting, and put back as it was."""

import fcntl
import mmap
import os
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from imr_tui.terminal.job_control import hang_up

RESTORE_SECONDS = 0.5
"""How long putting it back may take; a terminal that takes nothing until then is left."""

RESET_SEQUENCE = (
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
_CHILD_STRUCT = struct.Struct("qq")
_REPAINT_SECONDS = 0.1


class Terminal:
    """A descriptor of its own, which never blocks, and the settings from before the app."""

    def __init__(self) -> None:
        self._descriptor = _open_terminal()
        self._attributes = termios.tcgetattr(self._descriptor)
        self._lock = threading.Lock()
        self._is_restored = False
        # Shared with the guard, which is a copy of this process.
        self._child_data = mmap.mmap(-1, _CHILD_STRUCT.size)
        self.is_child_paused = False
        """Whether who has it on loan stands still, and does not see it."""
        self.has_app_modes = False
        """Whether the app has set modes that have to be undone."""

    def write(self, data: bytes | memoryview) -> int:
        """Write what it takes at this moment; how much that was. Raises OSError if it is gone.

        Once it is restored, all is taken and none is written.
        """
        with self._lock:
            return len(data) if self._is_restored else self._write(data)

    def wait(self, seconds: float) -> bool:
        """Wait until it takes output, or is gone; False if neither comes about."""
        return bool(select.select([], [self._descriptor], [], seconds)[1])

    def restore(self) -> None:
        """Put the screen and the line back, from any thread, whatever state they are in."""
        with self._lock:
            self._is_restored = True
        # Whoever is no longer in the foreground would be stopped for it.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        had_child = self.reclaim()
        with suppress(OSError, termios.error):
            self._restore_screen()
        with suppress(OSError, termios.error):
            self._restore_attributes(had_child)

    def _restore_screen(self) -> None:
        if not self.wait(0):
            # Nobody reads it: what is on its way there has to make room.
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        deadline = time.monotonic() + RESTORE_SECONDS
        rest = memoryview(RESET_SEQUENCE)
        while rest and self.wait(max(0.0, deadline - time.monotonic())):
            rest = rest[self._write(rest) :]

    def _restore_attributes(self, had_child: bool) -> None:
        if termios.tcgetattr(self._descriptor)[_LFLAG] & termios.ISIG and not had_child:
            # Not as the app set it, so a shell has taken it back already.
            return
        # The rest of a paste must not be run by the shell.
        termios.tcflush(self._descriptor, termios.TCIFLUSH)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, self._attributes)

    def detach(self) -> None:
        """Have no terminal any more: read nothing of it, and write nothing to it."""
        with suppress(OSError):
            fcntl.ioctl(self._descriptor, termios.TIOCNOTTY)
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            for descriptor in (0, 1, 2, self._descriptor):
                os.dup2(nothing, descriptor, inheritable=descriptor < 3)
            os.close(nothing)

    # ── On loan ──────────────────────────────────────────────────────────────────────────

    @contextmanager
    def foreground(self, pgid: int) -> Iterator[None]:
        """Let a pgid of processes have the foreground meanwhile."""
        _CHILD_STRUCT.pack_into(self._child_data, 0, pgid, os.getpgrp())
        self.set_foreground(pgid)
        try:
            yield
        finally:
            self.set_foreground(os.getpgrp())
            _CHILD_STRUCT.pack_into(self._child_data, 0, 0, 0)

    def set_foreground(self, pgid: int) -> None:
        """Give a pgid of processes the foreground, from wherever this one is."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            # A terminal of another session has no foreground to give.
            with suppress(OSError):
                os.tcsetpgrp(self._descriptor, pgid)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def pause_child(self) -> list[Any]:
        """Stop who has it on loan and take the foreground; the line as they have it.

        Raises termios.error.
        """
        self.is_child_paused = True
        self._signal_child(signal.SIGSTOP)
        attributes = termios.tcgetattr(self._descriptor)
        self.set_foreground(os.getpgrp())
        return attributes

    def resume_child(self, attributes: list[Any]) -> None:
        """Let them go on with the line as they had it, and paint anew. Raises termios.error."""
        self.set_attributes(attributes)
        self.set_foreground(_CHILD_STRUCT.unpack_from(self._child_data)[0])
        self.is_child_paused = False
        self._signal_child(signal.SIGCONT)
        # Not all paint anew when they are let go on, but all do for another size.
        rows, columns = termios.tcgetwinsize(self._descriptor)
        for each in (rows - 1, rows):
            termios.tcsetwinsize(self._descriptor, (max(each, 1), columns))
            time.sleep(_REPAINT_SECONDS)

    def _signal_child(self, number: signal.Signals) -> None:
        pgid, _ = _CHILD_STRUCT.unpack_from(self._child_data)
        if pgid:
            with suppress(OSError):
                os.killpg(pgid, number)

    def reclaim(self) -> bool:
        """Hang up on who has it on loan, and wait for that; whether they had it until now."""
        pgid, owner = _CHILD_STRUCT.unpack_from(self._child_data)
        if not pgid:
            return False
        with suppress(OSError):
            hang_up(pgid)
        try:
            if os.tcgetpgrp(self._descriptor) != pgid:
                return False
        except OSError:
            return False
        self.set_foreground(owner)
        return True

    def set_attributes(self, attributes: list[Any]) -> None:
        """Set the line as it is to be, unless it was restored. Raises termios.error."""
        with self._lock:
            if not self._is_restored:
                termios.tcsetattr(self._descriptor, termios.TCSANOW, attributes)

    def _write(self, data: bytes | memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def fileno(self) -> int:
        """The descriptor, for who closes all others."""
        return self._descriptor


def _open_terminal() -> int:
    """The terminal of standard input, opened anew: what is shared cannot be made non-blocking."""
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        return os.open(os.ttyname(0), flags)
    except OSError:
        # It belongs to somebody else, as after `su`, or has no name in here.
        return os.open(os.ctermid(), flags)
