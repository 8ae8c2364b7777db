"""The guard: a tiny child that puts the terminal back when the app is killed or crashes."""

from __future__ import annotations

import gc
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from imr_tui.terminal.tty import Terminal

GOODBYE = b"."
"""What the app writes when the terminal needs nothing any more."""
_WAIT_SECONDS = 0.5
_STEP_SECONDS = 0.001
_HIGHEST_DESCRIPTOR = 1 << 16

_IGNORED = (
    *(signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE),
    *(signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU),
)
"""What is meant for the app, or would keep the guard from its one task."""


class Guard:
    """Watches over one terminal until it is dismissed, or until this process is gone.

    It waits at a pipe whose other end only this process holds, so however this process ends,
    the guard sees it. Start it before any thread.
    """

    def __init__(self, terminal: Terminal) -> None:
        watched, self._pipe = os.pipe()
        # Else every collection of the app would make the guard keep the pages of before.
        gc.freeze()
        self._pid = os.fork()
        if self._pid == 0:
            _stand_guard(terminal, watched)
        os.close(watched)

    def dismiss(self) -> None:
        """Let it go, and wait until it has gone."""
        with suppress(OSError):
            os.write(self._pipe, GOODBYE)
        deadline = time.monotonic() + _WAIT_SECONDS
        with suppress(ChildProcessError):
            while not os.waitpid(self._pid, os.WNOHANG)[0] and time.monotonic() < deadline:
                time.sleep(_STEP_SECONDS)


def _stand_guard(terminal: Terminal, watched: int) -> NoReturn:
    try:
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        # Out of the group of the app, which may be killed as one.
        os.setpgid(0, 0)
        _close_all_but(terminal.fileno(), watched)
        if os.read(watched, 1) != GOODBYE:
            terminal.restore()
    finally:
        os._exit(0)


def _close_all_but(*kept: int) -> None:
    start = 0
    for descriptor in sorted(kept):
        os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, _HIGHEST_DESCRIPTOR)
