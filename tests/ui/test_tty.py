"""The terminal is restored, unless a shell has taken it back."""

import os
import termios
from collections.abc import Iterator

import pytest

from imr_tui.terminal.tty import RESET_SEQUENCE, Terminal

LFLAG = 3


@pytest.fixture
def line() -> Iterator[int]:
    """The other end of the terminal that is standard input."""
    ours, theirs = os.openpty()
    before = os.dup(0)
    os.dup2(theirs, 0)
    yield ours
    os.dup2(before, 0)
    for descriptor in (ours, theirs, before):
        os.close(descriptor)


@pytest.fixture
def terminal(line: int) -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    os.close(terminal.fileno())


def switch_off(flags: int) -> list[object]:
    """Take `flags` from standard input; what is set then."""
    settings = termios.tcgetattr(0)
    settings[LFLAG] &= ~flags
    termios.tcsetattr(0, termios.TCSANOW, settings)
    return termios.tcgetattr(0)


def test_it_takes_nothing_once_it_is_restored(terminal: Terminal, line: int) -> None:
    assert terminal.write(b"before") == 6
    terminal.restore()
    assert terminal.write(b"after") == 5
    expected = b"before" + RESET_SEQUENCE
    seen = b""
    while len(seen) < len(expected):
        # A line hands over what has come through it so far.
        seen += os.read(line, 1000)
    assert seen == expected


def test_the_settings_of_the_app_are_undone(terminal: Terminal) -> None:
    before = termios.tcgetattr(0)
    assert switch_off(termios.ISIG | termios.ECHO | termios.ICANON) != before
    terminal.restore()
    assert termios.tcgetattr(0) == before


def test_those_of_a_shell_are_left(terminal: Terminal) -> None:
    shells = switch_off(termios.ECHO | termios.ICANON)
    terminal.restore()
    assert termios.tcgetattr(0) == shells


def test_it_can_be_restored_when_nobody_reads_it(terminal: Terminal, line: int) -> None:
    while terminal.wait(0):
        terminal.write(b"x" * 1000)
    terminal.restore()
    os.set_blocking(line, False)
    data = b""
    while not data.endswith(RESET_SEQUENCE):
        data += os.read(line, 65536)
