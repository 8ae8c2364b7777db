"""One thread that goes its rounds, once a second, to see what others do to the open case."""

import threading
from collections.abc import Callable
from contextlib import suppress

from imr_tui.errors import ImrError

SECONDS = 1.0
"""How long it rests between two looks."""

Look = Callable[[], None]
"""Looks at one thing; what it finds it tells by itself. Called on the thread of the rounds."""


class Rounds:
    """Calls its looks in turn until it is closed, whatever the app's own loop does meanwhile."""

    def __init__(self, *looks: Look) -> None:
        self._looks = looks
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread after the look that goes on; does not wait for it."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.wait(SECONDS):
            for look in self._looks:
                # A folder that cannot be read now may be read in a second.
                with suppress(ImrError, OSError):
                    look()
