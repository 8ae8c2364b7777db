"""Ends what a server keeps waiting for too long, by shutting down its socket."""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from contextlib import suppress


class Deadline:
    """A thread that watches one operation after the other on a socket, from `begin` to `end`.

    A `statement_timeout` of the server is not enough: it does not end a commit that waits for a
    replica, and a stopped server does not end anything.
    """

    def __init__(self, descriptor: int) -> None:
        """`descriptor` is the socket of a connection; raises OSError."""
        # A copy: the number could belong to another file when the time is over.
        self._socket = socket.socket(fileno=os.dup(descriptor))
        self._changed = threading.Condition()
        self._ends = math.inf
        self._wakes = math.inf
        self._closed = False
        self.has_expired = False
        """Whether an operation took too long, so that the connection was shut down."""
        threading.Thread(target=self._run, name="deadline", daemon=True).start()

    def begin(self, seconds: float) -> None:
        """An operation begins, which may take `seconds`."""
        with self._changed:
            self._ends = time.monotonic() + seconds
            # Otherwise the thread wakes early enough by itself, which saves switching to it.
            if self._ends < self._wakes:
                self._changed.notify()

    def end(self) -> None:
        """The operation came back."""
        with self._changed:
            self._ends = math.inf

    def expire(self) -> None:
        """Let the time be over now; for any thread."""
        with self._changed:
            if not self._closed:
                self._shut_down()
                self._changed.notify()

    def close(self) -> None:
        """Stop the thread; the connection stays as it is."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed, self._socket:
            while not (self._closed or self.has_expired):
                self._wakes = self._ends
                rest = self._ends - time.monotonic()
                if rest > 0:
                    self._changed.wait(None if rest == math.inf else rest)
                    continue
                self._shut_down()

    def _shut_down(self) -> None:
        self.has_expired = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
