"""The output queue: a thread writes to the terminal, so the app never blocks on it."""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.terminal.tty import Terminal

LIMIT_BYTES = 256_000
"""Queued bytes beyond which frames are dropped."""
STALL_SECONDS = 2.0
"""Seconds without progress after which `close` and `suspend` give up."""

_POLL_SECONDS = 1.0
_RETRY_SECONDS = 0.01
_MODES = re.compile(rb"(?:\x1b\[(?!\?2026)[?<>][\d;]*[hlu])+")
"""Sequences that only set modes; synchronized output (2026) belongs to frames."""


class OutputQueue:
    """Writes queued data in order, on its own thread.

    Beyond LIMIT_BYTES all queued frames are dropped, and further ones until the queue is empty;
    then a full repaint is requested. Mode changes are never dropped.
    """

    def __init__(self, terminal: Terminal, repaint: Callable[[], object]) -> None:
        self._terminal = terminal
        self._repaint = repaint
        self._queue: deque[bytes] = deque()
        self._size = 0
        self._is_stale = False
        self._is_closed = False
        self._is_suspended = False
        self._is_sending = False
        self._changed = threading.Condition()
        self._progress_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def put(self, data: bytes) -> None:
        """Queue a whole frame or a mode change; returns at once."""
        with self._changed:
            if self._is_suspended or (self._is_stale and not _MODES.fullmatch(data)):
                return
            self._queue.append(data)
            self._size += len(data)
            if self._size > LIMIT_BYTES and len(self._queue) > 1:
                self._drop_frames()
            self._changed.notify_all()

    def suspend(self, last: bytes) -> bool:
        """Write `last`, then drop further output; on a stall, continue and return False."""
        with self._changed:
            self._is_suspended = True
            self._queue.append(last)
            self._size += len(last)
            self._changed.notify_all()
            self._changed.wait_for(self._is_drained, STALL_SECONDS)
            self._is_suspended = self._is_drained()
            return self._is_suspended

    def resume(self) -> None:
        """Accept output again; the caller must repaint everything."""
        with self._changed:
            self._is_suspended = self._is_stale = False

    def _is_drained(self) -> bool:
        return not self._queue and not self._is_sending

    def close(self) -> bool:
        """Write the rest and stop, unless the terminal stalls; return whether all was written."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        start = time.monotonic()
        while time.monotonic() - max(start, self._progress_at) < STALL_SECONDS:
            self._thread.join(_RETRY_SECONDS)
            if not self._thread.is_alive():
                break
        return not self._queue and not self._thread.is_alive()

    def _drop_frames(self) -> None:
        self._queue = deque(each for each in self._queue if _MODES.fullmatch(each))
        self._size = sum(map(len, self._queue))
        self._is_stale = True

    def _run(self) -> None:
        try:
            while (data := self._next_item()) is not None:
                self._send(data)
                if self._end_write():
                    self._repaint()
        except OSError:
            # The terminal is gone; the reading thread handles the hangup.
            return

    def _next_item(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._is_closed)
            if not self._queue:
                return None
            data = self._queue.popleft()
            self._size -= len(data)
            self._is_sending = True
            return data

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            if not self._terminal.wait(_POLL_SECONDS):
                continue
            taken = self._terminal.write(rest)
            rest = rest[taken:]
            if taken:
                self._progress_at = time.monotonic()
            else:
                # It is writable, but has no room for the two bytes of a line end.
                time.sleep(_RETRY_SECONDS)

    def _end_write(self) -> bool:
        """Mark the write as done; return whether a repaint is due because frames were dropped."""
        with self._changed:
            self._is_sending = False
            self._changed.notify_all()
            caught_up = self._is_stale and not self._queue
            self._is_stale = self._is_stale and not caught_up
            return caught_up
