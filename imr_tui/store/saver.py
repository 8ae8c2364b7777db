"""The saver: one thread that puts the latest state of the open case on the disk."""

import threading
from collections.abc import Callable

from imr_tui.case import Case
from imr_tui.errors import CannotStore

FLUSH_SECONDS = 5.0
"""How long those who wait for the disk wait, unless they say otherwise."""
RETRY_SECONDS = 1.0
"""How long after a failure the saver tries again by itself."""

Write = Callable[[Case], None]
"""Puts a case on the disk, or raises CannotStore."""
Report = Callable[[CannotStore | None], None]
"""Told after every attempt, on the saver's thread: None for a success."""


class Saver:
    """Writes whatever was `put` last, as soon as it is put, and again until it works.

    States that were overtaken before their turn are never written: only the newest counts.
    """

    def __init__(self, write: Write, report: Report) -> None:
        self._write = write
        self._report = report
        self._pending: Case | None = None
        self._writing = False
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether all that was put is on the disk."""
        return self._pending is None and not self._writing

    def put(self, case: Case) -> None:
        """Hand over the newest state; returns at once."""
        with self._changed:
            self._pending = case
            self._changed.notify_all()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all that was put is on the disk; False if it is not after `timeout` s."""
        with self._changed:
            return self._changed.wait_for(lambda: self.is_idle, timeout or FLUSH_SECONDS)

    def close(self) -> None:
        """End the thread; what is not on the disk by now is given up, so `flush` first."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while (case := self._next()) is not None:
            error = self._try(case)
            with self._changed:
                self._writing = False
                if error is not None and self._pending is None:
                    self._pending = case
                self._changed.notify_all()
            self._report(error)
            if error is not None:
                self._pause()

    def _next(self) -> Case | None:
        with self._changed:
            self._changed.wait_for(lambda: self._pending is not None or self._closed)
            if self._closed:
                return None
            case, self._pending = self._pending, None
            self._writing = True
            return case

    def _try(self, case: Case) -> CannotStore | None:
        try:
            self._write(case)
        except CannotStore as error:
            return error
        return None

    def _pause(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, RETRY_SECONDS)
