"""The guard: a small child process that restores the terminal when the app dies."""

from __future__ import annotations

import gc
import os
import signal
import time
from contextlib import suppress
from typing import NoReturn, Protocol

GOODBYE = b"."
"""Written by the app when the terminal needs no restoring."""
_WAIT_SECONDS = 0.5
_STEP_SECONDS = 0.001
_HIGHEST_DESCRIPTOR = 1 << 16

_IGNORED = (
    *(signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE),
    *(signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU),
)
"""Signals that are meant for the app, or would stop the guard."""


class RestoredTerminal(Protocol):
    """A terminal that another process can restore."""

    def fileno(self) -> int:
        """Its descriptor."""

    def restore(self) -> None:
        """Reset what the app may have set."""


class Guard:
    """Restores a terminal when this process ends, unless it is dismissed before.

    It reads from a pipe whose other end only this process holds, so it notices however this
    process ends. Start it before any thread.
    """

    def __init__(self, terminal: RestoredTerminal) -> None:
        watched, self._pipe = os.pipe()
        # Otherwise each collection in the app would copy the memory pages that both share.
        gc.freeze()
        self._pid = os.fork()
        if self._pid == 0:
            _run_guard(terminal, watched)
        os.close(watched)

    def dismiss(self) -> None:
        """End the guard, and wait for its exit."""
        with suppress(OSError):
            os.write(self._pipe, GOODBYE)
        deadline = time.monotonic() + _WAIT_SECONDS
        with suppress(ChildProcessError):
            while not os.waitpid(self._pid, os.WNOHANG)[0] and time.monotonic() < deadline:
                time.sleep(_STEP_SECONDS)


def _run_guard(terminal: RestoredTerminal, watched: int) -> NoReturn:
    try:
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        # Its own process group, because the app's may be killed as a whole.
        os.setpgid(0, 0)
        _close_all_but(terminal.fileno(), watched)
        if os.read(watched, 1) != GOODBYE:
            terminal.restore()
    finally:
        os._exit(0)


def _close_all_but(*kept: int) -> None:
    start = 0
    for descriptor in sorted(kept):
        # An empty range would close all descriptors.
        if start < descriptor:
            os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, _HIGHEST_DESCRIPTOR)
