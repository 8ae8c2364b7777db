"""Ends the app on a signal or when the terminal is gone, after saving."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NoReturn, Protocol, Self

from imr_tui.cli.output import tell

if TYPE_CHECKING:
    from imr_tui.cli.runtime.guard import Guard

SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
"""Signals that end the app; the driver sends SIGHUP when the terminal is gone."""
LAST_WORDS_SECONDS = 1.5
"""How long the end of the process waits for the disk."""

LOOK_SECONDS = 1.0
"""How often a session that cannot exit checks whether it can."""


class EndingSession(Protocol):
    """The part of the app that saves its text at the end; called from other threads."""

    def last_words(self, seconds: float) -> bool:
        """Save unsaved changes within `seconds`; returns whether all are saved."""

    def wait_kept(self, seconds: float) -> bool:
        """Wait up to `seconds` until all changes are saved; returns whether they are."""

    def offer_text(self) -> None:
        """Offer the text to the next session that starts; returns once that has it."""

    def close_session(self) -> None:
        """Release everything that only a running session needs."""

    def retire(self) -> None:
        """Stop the app; its saver keeps trying."""


class EndingTerminal(Protocol):
    """The part of a terminal that the end of the process needs."""

    @property
    def has_app_modes(self) -> bool:
        """Whether modes were set that must be reset."""

    def restore(self) -> None:
        """Reset them, from any thread."""

    def detach(self) -> None:
        """Give up the controlling terminal, for a process that continues without it."""


class SignalHandler:
    """A context in which a thread waits for SIGNALS, and ends the process with 128 + n.

    Python runs signal handlers on the main thread, which may be busy or blocked. So the signals
    are blocked in all threads, and one thread waits for them. Enter it before starting any other
    thread, and unblock the signals in child processes.

    If the text cannot be saved, the process releases the terminal and runs until it can. Not so
    with `discard`, which removes all text at the end.
    """

    def __init__(
        self,
        terminal: EndingTerminal,
        guard: Guard,
        signals: Sequence[signal.Signals] = SIGNALS,
        discard: Callable[[], object] | None = None,
    ) -> None:
        """`signals`: those that end the process."""
        self.session: EndingSession | None = None
        """The app, which is asked to save first."""
        self._has_begun = threading.Event()
        self._terminal = terminal
        self._guard = guard
        self._discard = discard
        self._signals = signals

    def __enter__(self) -> Self:
        signal.pthread_sigmask(signal.SIG_BLOCK, self._signals)
        threading.Thread(target=self._wait, name="signals", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self._signals)

    def hold(self) -> None:
        """Block if a signal has arrived: its thread ends the process."""
        if self._has_begun.is_set():
            threading.Event().wait()

    def stay(self) -> None:
        """Run without a terminal until the text is saved, or another session has it."""
        assert self.session is not None
        self._terminal.restore()
        self._guard.dismiss()
        with suppress(OSError):
            tell(_STAYS.format(os.getpid()))
        self._terminal.detach()
        taken = threading.Event()
        threading.Thread(target=self._offer, args=(self.session, taken), daemon=True).start()
        while not taken.is_set() and not self.session.wait_kept(LOOK_SECONDS):
            pass

    @staticmethod
    def _offer(session: EndingSession, taken: threading.Event) -> None:
        # Without sockets, only the disk is tried again.
        with suppress(OSError):
            session.offer_text()
            taken.set()

    def _wait(self) -> None:
        number = signal.sigwait(self._signals)
        self._has_begun.set()
        self._end(number)

    def _end(self, number: int) -> NoReturn:
        # The callbacks run in reverse order, each even if another one fails.
        with ExitStack() as steps:
            steps.callback(os._exit, 128 + number)
            if self._discard is not None:
                steps.callback(self._discard)
            steps.callback(self._guard.dismiss)
            if self._terminal.has_app_modes:
                steps.callback(self._terminal.restore)
            if self.session is not None:
                is_saved = self.session.last_words(LAST_WORDS_SECONDS)
                if not is_saved and self._discard is None:
                    self.session.retire()
                    self.stay()
                self.session.close_session()
        raise AssertionError("unreachable")


_STAYS = (
    "the last changes could not be saved to any disk. Process {} keeps them in memory and tries "
    "again every second. It ends when they are saved, or when the next start takes them over. "
    "Do not kill it."
)
