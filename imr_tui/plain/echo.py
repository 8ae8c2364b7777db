"""Modes of a terminal: without echo for a secret, and without waiting for the end of a line."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LOCAL_MODES = 3
"""The index of the local modes in what `tcgetattr` returns."""
_CONTROL = 6
"""The index of the control characters."""


@contextmanager
def without_echo(descriptor: int) -> Iterator[None]:
    """A context in which a terminal does not show what is typed; does nothing for a pipe.

    Characters that were typed before it are kept.
    """
    if not os.isatty(descriptor):
        yield
        return
    before = termios.tcgetattr(descriptor)
    hidden = [*before]
    hidden[_LOCAL_MODES] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def take_unfinished(descriptor: int) -> bytes:
    """What was typed on a terminal and not entered yet; the terminal forgets it.

    Nothing for a pipe, and for a terminal that was hung up.
    """
    if not os.isatty(descriptor):
        return b""
    with suppress(OSError, termios.error):
        before = termios.tcgetattr(descriptor)
        local, control = before[_LOCAL_MODES], list(before[_CONTROL])
        control[termios.VMIN] = control[termios.VTIME] = 0
        at_once = [*before[:_LOCAL_MODES], local & ~termios.ICANON, *before[4:_CONTROL], control]
        termios.tcsetattr(descriptor, termios.TCSANOW, at_once)
        try:
            return os.read(descriptor, 1 << 12)
        finally:
            termios.tcsetattr(descriptor, termios.TCSANOW, before)
    return b""
