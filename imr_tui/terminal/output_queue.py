"""What the app paints, on its way to the terminal: queued at once, and never waited for."""

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
"""What may wait for a terminal that takes nothing, before frames are given up."""
STALL_SECONDS = 2.0
"""How long the end waits for a terminal that takes nothing."""

_POLL_SECONDS = 1.0
_RETRY_SECONDS = 0.01
_MODES = re.compile(rb"(?:\x1b\[(?!\?2026)[?<>][\d;]*[hlu])+")
"""Sequences that set and reset modes. Painting in one go (2026) belongs to the frames."""


class OutputQueue:
    """A thread that writes what was `put`, in order.

    Beyond LIMIT_BYTES all frames that wait are given up, as are those that come until the
    terminal takes output again; then everything has to be painted anew. Modes are kept.
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
        """Queue a whole frame, or a sequence that sets modes; returns at once."""
        with self._changed:
            if self._is_suspended or (self._is_stale and not _MODES.fullmatch(data)):
                return
            self._queue.append(data)
            self._size += len(data)
            if self._size > LIMIT_BYTES and len(self._queue) > 1:
                self._drop_frames()
            self._changed.notify_all()

    def suspend(self, last: bytes) -> bool:
        """Send `last` and from then on nothing; False, and all goes on, if it takes nothing."""
        with self._changed:
            self._is_suspended = True
            self._queue.append(last)
            self._size += len(last)
            self._changed.notify_all()
            self._changed.wait_for(self._is_drained, STALL_SECONDS)
            self._is_suspended = self._is_drained()
            return self._is_suspended

    def resume(self) -> None:
        """Send again what is put; everything has to be painted anew."""
        with self._changed:
            self._is_suspended = self._is_stale = False

    def _is_drained(self) -> bool:
        return not self._queue and not self._is_sending

    def close(self) -> bool:
        """Let the rest go out, as long as the terminal takes any; whether all of it did."""
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
            # The terminal is gone; the thread that reads from it has noticed, too.
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
                # It has room, but not for the two characters of a line's end.
                time.sleep(_RETRY_SECONDS)

    def _end_write(self) -> bool:
        """Whether frames were given up, and the terminal has taken the others."""
        with self._changed:
            self._is_sending = False
            self._changed.notify_all()
            caught_up = self._is_stale and not self._queue
            self._is_stale = self._is_stale and not caught_up
            return caught_up
