"""Keeps the newest state elsewhere while a save hangs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

STUCK_SECONDS = 0.25
"""How long a save may take before the state is also kept elsewhere."""
_NEXT_SECONDS = 0.2
"""How long after a state was kept a newer one may follow."""
_RETRY_SECONDS = 1.0
"""Pause after a failure before the next try."""

State = TypeVar("State")
"""The type of the saved state."""


class SlowSaveWatch(Generic[State]):
    """A thread that watches one save after the other, from `begin` to `end`."""

    def __init__(
        self,
        keep: Callable[[State], bool],
        latest: Callable[[], State | None],
        kept: Callable[[State], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`keep` saves a state elsewhere, and returns whether that worked.

        `latest` returns the newest state, or None if it is kept. `kept` is called for a state that
        was kept, `failed` for an exception of `keep`.
        """
        self._keep = keep
        self._latest = latest
        self._kept = kept
        self._failed = failed
        self._started = threading.Event()
        self._finished = threading.Event()
        self._closed = False
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def begin(self) -> None:
        """A save begins."""
        self._finished.clear()
        self._started.set()

    def end(self) -> None:
        """The save came back."""
        self._finished.set()

    def close(self) -> None:
        """Stop the thread."""
        self._closed = True
        self._started.set()
        self._finished.set()

    def _run(self) -> None:
        while not self._closed:
            self._started.wait()
            self._started.clear()
            wait = STUCK_SECONDS
            while not self._finished.wait(wait):
                wait = self._keep_meanwhile()

    def _keep_meanwhile(self) -> float:
        """Keep the newest state unless that is done; returns the seconds until the next check."""
        if (state := self._latest()) is None:
            return _NEXT_SECONDS
        try:
            is_kept = self._keep(state)
        except Exception as fault:
            # The thread must survive any error.
            self._failed(fault)
            is_kept = False
        if not is_kept:
            return _RETRY_SECONDS
        self._kept(state)
        return _NEXT_SECONDS
