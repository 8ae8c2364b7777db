"""The endings that come from outside: a signal, or a terminal that went away."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NoReturn, Protocol, Self

from imr_tui.cli.output import tell

if TYPE_CHECKING:
    from imr_tui.cli.runtime.guard import Guard
    from imr_tui.terminal.tty import Terminal

SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
"""What ends the app; the driver sends itself the first when the terminal is gone."""
LAST_WORDS_SECONDS = 1.5
"""How long an ending waits for the disk."""

LOOK_SECONDS = 1.0
"""How often a session that cannot end looks whether it can."""


class Words(Protocol):
    """The text of the app as an ending sees it; called on threads of their own."""

    def last_words(self, seconds: float) -> bool:
        """Put on the disk what is not there yet, within seconds; whether it is there."""

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long until it is there; whether it is."""

    def offer_text(self) -> None:
        """Offer it to the next start; returns once that has it."""

    def close_session(self) -> None:
        """Leave nothing behind that only a living session needs."""

    def retire(self) -> None:
        """Stop the app where it stands; it is still tried to put the text on the disk."""


class SignalHandler:
    """While it lasts, a thread waits for SIGNALS, and ends the process with 128 + n.

    Handlers would not do: Python runs them between two steps of the main thread, which may be
    at work, or wait. So the signals are blocked in every thread, and taken by the one that waits
    for them. Begin it before any other thread, and unblock them in whatever is started.

    Where no disk takes the text, the process gives the terminal back and lives on until one does.
    """

    def __init__(self, terminal: Terminal, guard: Guard) -> None:
        self.words: Words | None = None
        """What is put on the disk first."""
        self._has_begun = threading.Event()
        self._terminal = terminal
        self._guard = guard

    def __enter__(self) -> Self:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        threading.Thread(target=self._wait, name="endings", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def hold(self) -> None:
        """Wait for the end of the process if an ending has begun, which has the last word."""
        if self._has_begun.is_set():
            threading.Event().wait()

    def stay(self) -> None:
        """Live on without a terminal until the text is on a disk, or another session has it."""
        assert self.words is not None
        self._terminal.restore()
        self._guard.dismiss()
        with suppress(OSError):
            tell(_STAYS.format(os.getpid()))
        self._terminal.leave()
        taken = threading.Event()
        threading.Thread(target=self._offer, args=(self.words, taken), daemon=True).start()
        while not taken.is_set() and not self.words.wait_kept(LOOK_SECONDS):
            pass

    @staticmethod
    def _offer(words: Words, taken: threading.Event) -> None:
        # Without sockets it stays as it is, and the disk is tried again.
        with suppress(OSError):
            words.offer_text()
            taken.set()

    def _wait(self) -> None:
        number = signal.sigwait(SIGNALS)
        self._has_begun.set()
        self._end(number)

    def _end(self, number: int) -> NoReturn:
        # From the last to the first, and each whatever becomes of the others.
        with ExitStack() as steps:
            steps.callback(os._exit, 128 + number)
            steps.callback(self._guard.dismiss)
            if self._terminal.is_taken:
                steps.callback(self._terminal.restore)
            if self.words is not None and not self.words.last_words(LAST_WORDS_SECONDS):
                self.words.retire()
                self.stay()
            if self.words is not None:
                self.words.close_session()
        raise AssertionError("unreachable")


_STAYS = (
    "no disk takes the last changes. Process {} keeps them and tries again every second; it ends "
    "by itself once they are on one, or once the next start has taken them over. Do not kill it."
)
