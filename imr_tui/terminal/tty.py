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
_LOAN = struct.Struct("qq")
_HANGUP_SECONDS = 0.5
"""How long a program that has the terminal may take to go when the line is lost."""
_STEP_SECONDS = 0.005
_REPAINT_SECONDS = 0.1


class Terminal:
    """A descriptor of its own, which never blocks, and the settings from before the app."""

    def __init__(self) -> None:
        self._descriptor = _opened()
        self._before = termios.tcgetattr(self._descriptor)
        self._lock = threading.Lock()
        self._is_over = False
        # Shared with the guard, which is a copy of this process.
        self._loan = mmap.mmap(-1, _LOAN.size)
        self.is_covered = False
        """Whether who has it on loan stands still, and does not see it."""
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
        was_lent = self.call_in()
        with suppress(OSError, termios.error):
            self._restore_screen()
        with suppress(OSError, termios.error):
            self._restore_line(was_lent)

    def _restore_screen(self) -> None:
        if not self.wait(0):
            # Nobody reads it: what is on its way there has to make room.
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        deadline = time.monotonic() + RESTORE_SECONDS
        rest = memoryview(RESTORED)
        while rest and self.wait(max(0.0, deadline - time.monotonic())):
            rest = rest[self._write(rest) :]

    def _restore_line(self, was_lent: bool) -> None:
        if termios.tcgetattr(self._descriptor)[_LFLAG] & termios.ISIG and not was_lent:
            # Not as the app set it, so a shell has taken it back already.
            return
        # The rest of a paste must not be run by the shell.
        termios.tcflush(self._descriptor, termios.TCIFLUSH)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def leave(self) -> None:
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
    def lent_to(self, group: int) -> Iterator[None]:
        """Let a group of processes have the foreground meanwhile."""
        _LOAN.pack_into(self._loan, 0, group, os.getpgrp())
        self.put_in_front(group)
        try:
            yield
        finally:
            self.put_in_front(os.getpgrp())
            _LOAN.pack_into(self._loan, 0, 0, 0)

    def put_in_front(self, group: int) -> None:
        """Give a group of processes the foreground, from wherever this one is."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            # A terminal of another session has no foreground to give.
            with suppress(OSError):
                os.tcsetpgrp(self._descriptor, group)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def cover(self) -> list[Any]:
        """Stop who has it on loan and take the foreground; the line as they have it.

        Raises termios.error.
        """
        self.is_covered = True
        self._signal(signal.SIGSTOP)
        settings = termios.tcgetattr(self._descriptor)
        self.put_in_front(os.getpgrp())
        return settings

    def uncover(self, settings: list[Any]) -> None:
        """Let them go on with the line as they had it, and paint anew. Raises termios.error."""
        self.set_line(settings)
        self.put_in_front(_LOAN.unpack_from(self._loan)[0])
        self.is_covered = False
        self._signal(signal.SIGCONT)
        # Not all paint anew when they are let go on, but all do for another size.
        rows, columns = termios.tcgetwinsize(self._descriptor)
        for each in (rows - 1, rows):
            termios.tcsetwinsize(self._descriptor, (max(each, 1), columns))
            time.sleep(_REPAINT_SECONDS)

    def _signal(self, number: signal.Signals) -> None:
        group, _ = _LOAN.unpack_from(self._loan)
        if group:
            with suppress(OSError):
                os.killpg(group, number)

    def call_in(self) -> bool:
        """Hang up on who has it on loan, and wait for that; whether they had it until now."""
        group, owner = _LOAN.unpack_from(self._loan)
        if not group:
            return False
        with suppress(OSError):
            _hang_up_on(group)
        try:
            if os.tcgetpgrp(self._descriptor) != group:
                return False
        except OSError:
            return False
        self.put_in_front(owner)
        return True

    def set_line(self, settings: list[Any]) -> None:
        """Set the line as it is to be, unless it was restored. Raises termios.error."""
        with self._lock:
            if not self._is_over:
                termios.tcsetattr(self._descriptor, termios.TCSANOW, settings)

    def _write(self, data: bytes | memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def fileno(self) -> int:
        """The descriptor, for who closes all others."""
        return self._descriptor


def _hang_up_on(group: int) -> None:
    """End a group of processes as a lost line does, and by force where that does not help."""
    deadline = time.monotonic() + _HANGUP_SECONDS
    os.killpg(group, signal.SIGHUP)
    os.killpg(group, signal.SIGCONT)
    while time.monotonic() < deadline:
        os.killpg(group, 0)
        time.sleep(_STEP_SECONDS)
    os.killpg(group, signal.SIGKILL)


def _opened() -> int:
    """The terminal of standard input, opened anew: what is shared cannot be made non-blocking."""
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        return os.open(os.ttyname(0), flags)
    except OSError:
        # It belongs to somebody else, as after `su`, or has no name in here.
        return os.open(os.ctermid(), flags)
