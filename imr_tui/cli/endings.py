"""The endings that come from outside: a signal, or a terminal that went away."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, NoReturn, Self

if TYPE_CHECKING:
    from imr_tui.cli.guard import Guard
    from imr_tui.ui.terminal import Terminal

SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
"""What ends the app; the driver sends itself the first when the terminal is gone."""
LAST_WORDS_SECONDS = 1.5
"""How long an ending waits for the disk."""

LastWords = Callable[[float], object]
"""Puts on the disk what is not there yet, within seconds; called on a thread of its own."""


class Endings:
    """While it lasts, a thread waits for SIGNALS, and ends the process with 128 + n.

    Handlers would not do: Python runs them between two steps of the main thread, which may be
    at work, or wait. So the signals are blocked in every thread, and taken by the one that waits
    for them. Begin it before any other thread, and unblock them in whatever is started.
    """

    def __init__(self, terminal: Terminal, guard: Guard) -> None:
        self.last_words: LastWords | None = None
        """What is done first."""
        self._terminal = terminal
        self._guard = guard

    def __enter__(self) -> Self:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        threading.Thread(target=self._wait, name="endings", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _wait(self) -> None:
        self._end(signal.sigwait(SIGNALS))

    def _end(self, number: int) -> NoReturn:
        # From the last to the first, and each whatever becomes of the others.
        with ExitStack() as steps:
            steps.callback(os._exit, 128 + number)
            steps.callback(self._guard.dismiss)
            if self._terminal.is_taken:
                steps.callback(self._terminal.restore)
            if self.last_words is not None:
                self.last_words(LAST_WORDS_SECONDS)
        raise AssertionError("unreachable")
