"""What goes on on another thread while somebody types."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg

from tests.soak.failures.sites import Site

PATIENCE = 30.0
"""Seconds after which what should have been shared has not been."""
POLL = 0.02
_LAST = "select number, session, sequence from cases"


class Doing:
    """Something that is done on a thread; `join` raises what it raised."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._act()
        except BaseException as error:
            self._error = error

    @property
    def is_alive(self) -> bool:
        """Whether it is still being done."""
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join()
        if self._error is not None:
            raise self._error


class Arrival:
    """Watches for the first text that arrives from now on."""

    def __init__(self, site: Site) -> None:
        """Begin, on a thread."""
        self.at: float | None = None
        """When it arrived, by the monotonic clock."""
        self._site = site
        self._has_arrived = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def wait(self) -> float | None:
        """When it arrived; None if it has not for a while."""
        self._has_arrived.wait(1.0)
        return self.at

    def _watch(self) -> None:
        end = time.monotonic() + PATIENCE
        with suppress(psycopg.Error), self._site.connection() as connection:
            before = connection.execute(_LAST).fetchall()
            while self.at is None and time.monotonic() < end:
                if connection.execute(_LAST).fetchall() != before:
                    self.at = time.monotonic()
                    self._has_arrived.set()
                time.sleep(POLL)
