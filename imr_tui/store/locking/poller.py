"""A thread that polls for changes that others make to the open case."""

import threading
from collections.abc import Callable
from contextlib import suppress

from imr_tui.errors import ImrError

SECONDS = 1.0
"""The pause between two polls."""

Poll = Callable[[], None]
"""Checks one thing and reports changes itself; called on the poller's thread."""


class Poller:
    """Calls each function in turn until closed, even while the app's event loop is busy."""

    def __init__(self, *polls: Poll) -> None:
        self._polls = polls
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="poller", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop the thread after the current call, without waiting for it."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.wait(SECONDS):
            for poll in self._polls:
                # A folder that cannot be read now may be readable in a second.
                with suppress(ImrError, OSError):
                    poll()
