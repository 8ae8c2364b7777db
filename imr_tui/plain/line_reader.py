"""Reads the lines of a conversation, and ends or cancels the wait for one."""

from __future__ import annotations

import os
import select
from contextlib import suppress

TICK_SECONDS = 1.0
"""How often a prompt that waits looks at the clock."""


class Ended(Exception):
    """The session must end: the input ended, or nobody typed for too long."""

    def __init__(self, says: str = "", *, is_final: bool = True, tells_all: bool = False) -> None:
        super().__init__(says)
        self.says = says
        """Why, as a sentence for the terminal; may be blank."""
        self.is_final = is_final
        """Whether it ends even if the case is saved nowhere, as nobody can be asked any more."""
        self.tells_all = tells_all
        """Whether `says` also tells where the text is."""


class Cancelled(Exception):
    """The reviewer pressed ctrl+c at a question, which takes the page back to its prompt."""


class LineReader:
    """The input as lines; a terminal hands on each one once it is entered."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._interrupts, self._interrupt = os.pipe()
        os.set_blocking(self._interrupt, False)
        self._rest = b""
        self._has_ended = False
        self._is_over = False

    @property
    def unfinished(self) -> bytes:
        """What was read of a line that has not ended."""
        return self._rest

    def interrupt(self) -> None:
        """Let the wait raise Cancelled; for a signal handler."""
        with suppress(OSError):
            os.write(self._interrupt, b".")

    def end(self) -> None:
        """Let the wait, and every later one, raise Ended; from any thread."""
        self._is_over = True
        self.interrupt()

    def close(self) -> None:
        """Close what `interrupt` uses; nothing can be read afterwards."""
        os.close(self._interrupts)
        os.close(self._interrupt)

    def next_line(self) -> bytes | None:
        """The next line, without its end; None if no line comes within a second.

        The last line may have no end. Raises Ended at the end of the input, and Cancelled.
        """
        if b"\n" not in self._rest and not self._has_ended:
            watched = [self._descriptor, self._interrupts]
            ready, _, _ = select.select(watched, [], [], TICK_SECONDS)
            if self._interrupts in ready:
                self._cancel()
            if not ready:
                return None
            self._read()
        if self._is_over:
            raise Ended
        line, newline, self._rest = self._rest.partition(b"\n")
        if newline or (line and self._has_ended):
            return line.removesuffix(b"\r")
        self._rest = line
        if self._has_ended:
            raise Ended("The input ended.")
        return None

    def _cancel(self) -> None:
        os.read(self._interrupts, 1_024)
        self._rest = b""
        raise Ended if self._is_over else Cancelled

    def _read(self) -> None:
        """Add what there is to the rest."""
        data = b""
        # A terminal that was hung up has ended, too.
        with suppress(OSError):
            data = os.read(self._descriptor, 1 << 16)
        self._rest += data
        self._has_ended = not data
