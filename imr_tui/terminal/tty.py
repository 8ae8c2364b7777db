"""The controlling terminal: non-blocking output, and restoring its modes and settings."""

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
"""How long `restore` may take; a terminal that accepts nothing until then is left as it is."""

RESET_SEQUENCE = (
    b"\x1b[?2026l"  # end synchronized output
    b"\x1b[?2004l\x1b[?2048l"  # no bracketed paste, no in-band resize reports
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # no mouse reports
    b"\x1b[?7h"  # auto wrap
    b"\x1b[<u"  # pop the kitty keyboard flags, whose stack belongs to this screen
    b"\x1b[?1049l"  # main screen
    b"\x1b[m\x1b[?25h\x1b[?1004l"  # default pen, cursor visible, no focus reports
)
"""Resets every mode that the app or Textual may have set."""

_LFLAG = 3
_CHILD_STRUCT = struct.Struct("qq")
_REPAINT_SECONDS = 0.1


class Terminal:
    """A private non-blocking descriptor, and the termios attributes from before the app."""

    def __init__(self) -> None:
        self._descriptor = _open_terminal()
        self._attributes = termios.tcgetattr(self._descriptor)
        self._lock = threading.Lock()
        self._is_restored = False
        # Shared with the guard, which is a fork of this process.
        self._child_data = mmap.mmap(-1, _CHILD_STRUCT.size)
        self.is_child_paused = False
        """Whether the child program is stopped while the app uses the terminal."""
        self.has_app_modes = False
        """Whether the app has set modes that must be reset."""

    def write(self, data: bytes | memoryview) -> int:
        """Write without blocking; return the number of bytes written. Raises OSError if hung up.

        After `restore`, data is discarded.
        """
        with self._lock:
            return len(data) if self._is_restored else self._write(data)

    def wait(self, seconds: float) -> bool:
        """Wait until it is writable or hung up; return False if neither within `seconds`."""
        return bool(select.select([], [self._descriptor], [], seconds)[1])

    def restore(self) -> None:
        """Restore screen and attributes. Safe from any thread and in any state of the terminal."""
        with self._lock:
            self._is_restored = True
        # A background process that writes or sets attributes would be stopped.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        had_child = self.reclaim()
        with suppress(OSError, termios.error):
            self._restore_screen()
        with suppress(OSError, termios.error):
            self._restore_attributes(had_child)

    def _restore_screen(self) -> None:
        if not self.wait(0):
            # Nothing reads it: discard pending output to make room.
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        deadline = time.monotonic() + RESTORE_SECONDS
        rest = memoryview(RESET_SEQUENCE)
        while rest and self.wait(max(0.0, deadline - time.monotonic())):
            rest = rest[self._write(rest) :]

    def _restore_attributes(self, had_child: bool) -> None:
        if termios.tcgetattr(self._descriptor)[_LFLAG] & termios.ISIG and not had_child:
            # Not the app's attributes, so a shell has set its own already.
            return
        # A shell must not run the rest of a paste.
        termios.tcflush(self._descriptor, termios.TCIFLUSH)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, self._attributes)

    def detach(self) -> None:
        """Give up the controlling terminal, and redirect all its descriptors to /dev/null."""
        with suppress(OSError):
            fcntl.ioctl(self._descriptor, termios.TIOCNOTTY)
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            for descriptor in (0, 1, 2, self._descriptor):
                os.dup2(nothing, descriptor, inheritable=descriptor < 3)
            os.close(nothing)

    # ── Child program ────────────────────────────────────────────────────────────────────

    @contextmanager
    def foreground(self, pgid: int) -> Iterator[None]:
        """Put a process group in the foreground for the duration of the context."""
        _CHILD_STRUCT.pack_into(self._child_data, 0, pgid, os.getpgrp())
        self.set_foreground(pgid)
        try:
            yield
        finally:
            self.set_foreground(os.getpgrp())
            _CHILD_STRUCT.pack_into(self._child_data, 0, 0, 0)

    def set_foreground(self, pgid: int) -> None:
        """Put a process group in the foreground, also when called from the background."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            # Fails on a terminal that is not the controlling one.
            with suppress(OSError):
                os.tcsetpgrp(self._descriptor, pgid)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def pause_child(self) -> list[Any]:
        """Stop the child and take the foreground; return the attributes that the child has set.

        Raises termios.error.
        """
        self.is_child_paused = True
        self._signal_child(signal.SIGSTOP)
        attributes = termios.tcgetattr(self._descriptor)
        self.set_foreground(os.getpgrp())
        return attributes

    def resume_child(self, attributes: list[Any]) -> None:
        """Restore the child's attributes, continue it and make it repaint. Raises termios.error."""
        self.set_attributes(attributes)
        self.set_foreground(_CHILD_STRUCT.unpack_from(self._child_data)[0])
        self.is_child_paused = False
        self._signal_child(signal.SIGCONT)
        # Some programs do not repaint on SIGCONT, but all do after a resize.
        rows, columns = termios.tcgetwinsize(self._descriptor)
        for each in (rows - 1, rows):
            termios.tcsetwinsize(self._descriptor, (max(each, 1), columns))
            time.sleep(_REPAINT_SECONDS)

    def _signal_child(self, number: signal.Signals) -> None:
        pgid, _ = _CHILD_STRUCT.unpack_from(self._child_data)
        if pgid:
            with suppress(OSError):
                os.killpg(pgid, number)

    @property
    def has_child(self) -> bool:
        """Whether a child program has the foreground; also for the guard."""
        return bool(_CHILD_STRUCT.unpack_from(self._child_data)[0])

    def reclaim(self) -> bool:
        """Hang up on the child and wait for its exit; return whether it was in the foreground."""
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
        """Set the termios attributes, unless already restored. Raises termios.error."""
        with self._lock:
            if not self._is_restored:
                termios.tcsetattr(self._descriptor, termios.TCSANOW, attributes)

    def _write(self, data: bytes | memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor


def _open_terminal() -> int:
    """Reopen the terminal: O_NONBLOCK on the shared descriptor would affect other processes."""
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        return os.open(os.ttyname(0), flags)
    except OSError:
        # It belongs to another user, as after `su`, or has no name in this mount namespace.
        return os.open(os.ctermid(), flags)
